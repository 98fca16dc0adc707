package streamcache.admin;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.event.Event;
import streamcache.link.Link;
import streamcache.link.TitleKey;
import streamcache.playback.PlaybackEvent;
import streamcache.playback.Request;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps for seven days what happened at the providers and why. Events are queued from any thread
 * without waiting and written by a thread of its own; when more come than the disk takes, the
 * newest are left out and counted. A kill loses the last second, since nothing depends on it.
 */
public final class Timeline implements Consumer<Event>, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Timeline.class);

  private static final int MOST_QUEUED = 4096;
  private static final int MOST_NAMES = 2000;

  private final TimelineFiles files;
  private final TimelineEntry entries;
  private final InstantSource clock;
  private final BlockingQueue<ObjectNode> queue = new ArrayBlockingQueue<>(MOST_QUEUED);
  private final Thread writer = new Thread(this::write, "timeline");

  private volatile boolean isClosing;
  private boolean hasFailed;

  /** Names of titles that were requested, since most events have only the key. */
  private final ConcurrentMap<TitleKey, String> names = new ConcurrentHashMap<>();

  /**
   * @param folder of its files, created when there is something to write
   * @param clients the client of a request
   */
  public Timeline(Path folder, Function<Request, InetAddress> clients, InstantSource clock) {
    this.files = new TimelineFiles(folder);
    this.entries = new TimelineEntry(title -> Optional.ofNullable(names.get(title)), clients);
    this.clock = clock;
    writer.setDaemon(true);
  }

  /** What it keeps of an event; any thread. */
  TimelineEntry entries() {
    return entries;
  }

  /** Starts the thread that writes. */
  public void start() {
    writer.start();
  }

  @Override
  public void accept(Event event) {
    if (event instanceof PlaybackEvent.Started started) {
      name(started.link());
      return;
    }
    entries
        .of(event, clock.instant())
        .ifPresent(entry -> {
          boolean _ = queue.offer(entry);
        });
  }

  /** Costs a look-up for a title that is known: this runs for each range that is played. */
  private void name(Link link) {
    if (!names.containsKey(link.key())) {
      if (names.size() >= MOST_NAMES) {
        names.clear();
      }
      names.put(link.key(), link.name());
    }
  }

  /** The entries that the query asks for, newest first. Blocks on the disk. */
  List<ObjectNode> read(TimelineQuery query) throws IOException {
    return files.read(query);
  }

  /** Writes what is queued; returns at the latest after two seconds. */
  @Override
  public void close() {
    isClosing = true;
    // An empty entry wakes the writer. Where the queue has no room for it, the writer is not
    // waiting.
    boolean _ = queue.offer(ApiAnswer.object());
    try {
      writer.join(TimeUnit.SECONDS.toMillis(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write() {
    try {
      while (!isClosing || !queue.isEmpty()) {
        List<ObjectNode> batch = new ArrayList<>();
        batch.add(queue.take());
        queue.drainTo(batch);
        batch.removeIf(ObjectNode::isEmpty);
        append(batch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void append(List<ObjectNode> batch) {
    Instant now = clock.instant();
    if (batch.isEmpty()) {
      return;
    }
    try {
      files.append(batch, now);
      hasFailed = false;
    } catch (IOException e) {
      if (!hasFailed) {
        LOG.warn("event=timeline-not-written error={}", e.getClass().getSimpleName());
      }
      hasFailed = true;
    }
  }
}
