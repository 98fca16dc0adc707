package streamcache.prewarm;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.event.Event;
import streamcache.link.Link;
import streamcache.link.TitleKey;
import streamcache.playback.PlaybackEvent;
import streamcache.playback.PlaybackRecord;
import streamcache.playback.Request;
import streamcache.settings.NextEpisodeSettings;
import streamcache.store.Generation;
import streamcache.store.Store;
import streamcache.store.Title;

/**
 * Prewarms the next episode once enough of one was watched. Receives the events of playbacks on
 * their threads, which it never holds up; a thread of its own looks at them.
 */
public final class NextEpisodes implements Consumer<Event>, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NextEpisodes.class);

  /** An episode is fetched within seconds, and its predecessor lasts for minutes. */
  private static final Duration EVERY = Duration.ofSeconds(2);

  /** Requests that are over and not looked at yet; of more, the next ones tell as much. */
  private static final int MOST_WAITING = 1000;

  private static final int MOST_VIEWS = 256;

  private static final Pattern OPEN_RANGE = Pattern.compile("bytes=([0-9]{1,18})-[0-9]*");
  private static final Pattern SENT_RANGE = Pattern.compile("bytes ([0-9]{1,18})-.*");

  /** The status of a response that is not a range. */
  private static final int WHOLE = 200;

  private final NextEpisodeSettings settings;
  private final BlockingQueue<PlaybackRecord> finished = new ArrayBlockingQueue<>(MOST_WAITING);
  private final ConcurrentMap<String, PlaybackEvent.Started> running = new ConcurrentHashMap<>();

  /** Used by the thread alone; the title that was played longest ago is forgotten first. */
  private final Map<TitleKey, EpisodeView> views =
      new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TitleKey, EpisodeView> eldest) {
          return size() > MOST_VIEWS;
        }
      };

  private volatile boolean isStopping;

  public NextEpisodes(NextEpisodeSettings settings) {
    this.settings = settings;
  }

  @Override
  public void accept(Event event) {
    if (!settings.isOn()) {
      return;
    }
    switch (event) {
      case PlaybackEvent.Started started -> running.put(started.request().id(), started);
      case PlaybackEvent.Finished(PlaybackRecord playback) -> {
        running.remove(playback.requestId());
        boolean _ = finished.offer(playback);
      }
      default -> {}
    }
  }

  /**
   * Starts the thread, if any episode is to be fetched.
   *
   * @param search finds the episode after another; on the thread, may block
   * @param prewarm receives it
   */
  public void start(Store store, EpisodeSearch search, Consumer<Link> prewarm) {
    if (settings.isOn()) {
      Thread.ofPlatform()
          .name("next-episode")
          .daemon()
          .start(() -> run(store, link -> search.after(link).ifPresent(prewarm)));
    }
  }

  private void run(Store store, Consumer<Link> reached) {
    while (!isStopping) {
      try {
        PlaybackRecord over = finished.poll(EVERY.toMillis(), TimeUnit.MILLISECONDS);
        if (over != null) {
          ended(over, store, reached);
        }
        running.values().forEach(play -> look(play, store, reached));
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.error("event=next-episode-failed", e);
      }
    }
  }

  private void ended(PlaybackRecord over, Store store, Consumer<Link> reached) {
    EpisodeView view = view(over.link());
    OptionalLong total = total(store, over.link().key());
    OptionalLong start = start(over);
    if (total.isPresent() && start.isPresent()) {
      look(view, over.link(), start.getAsLong(), over.bytes(), total.getAsLong(), reached);
    }
    view.took(over.bytes());
  }

  /** Where the response began. */
  private static OptionalLong start(PlaybackRecord over) {
    if (!over.method().equals("GET")) {
      return OptionalLong.empty();
    }
    Matcher sent = SENT_RANGE.matcher(over.range());
    if (sent.matches()) {
      return OptionalLong.of(Long.parseLong(sent.group(1)));
    }
    return over.status() == WHOLE ? OptionalLong.of(0) : OptionalLong.empty();
  }

  private void look(PlaybackEvent.Started play, Store store, Consumer<Link> reached) {
    OptionalLong total = total(store, play.link().key());
    OptionalLong start = start(play.request());
    if (total.isPresent() && start.isPresent()) {
      long bytes = play.sent().getAsLong();
      look(view(play.link()), play.link(), start.getAsLong(), bytes, total.getAsLong(), reached);
    }
  }

  private void look(
      EpisodeView view, Link link, long start, long bytes, long total, Consumer<Link> reached) {
    if (view.isReached(start, start + bytes, bytes, total, settings.share())) {
      reached.accept(link);
    }
  }

  private EpisodeView view(Link link) {
    return views.computeIfAbsent(link.key(), _ -> new EpisodeView());
  }

  private static OptionalLong total(Store store, TitleKey key) {
    Optional<Title> open = store.titleIfOpen(key);
    if (open.isEmpty()) {
      return OptionalLong.empty();
    }
    try (Title title = open.get()) {
      Optional<Generation> generation = title.generation();
      return generation.isPresent() ? generation.get().total() : OptionalLong.empty();
    }
  }

  /** Where the response begins, as far as the request says. */
  private static OptionalLong start(Request request) {
    Optional<String> written = request.headers().first("Range");
    if (!request.method().equals("GET")) {
      return OptionalLong.empty();
    }
    if (written.isEmpty()) {
      return OptionalLong.of(0);
    }
    Matcher range = OPEN_RANGE.matcher(written.get());
    return range.matches() ? OptionalLong.of(Long.parseLong(range.group(1))) : OptionalLong.empty();
  }

  @Override
  public void close() {
    isStopping = true;
  }
}
