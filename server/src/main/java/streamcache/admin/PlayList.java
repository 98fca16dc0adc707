package streamcache.admin;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import streamcache.event.Event;
import streamcache.playback.PlaybackEvent;

/**
 * The playbacks in progress, from what they publish. Any thread; adds two steps without a lock to a
 * playback.
 */
public final class PlayList implements Consumer<Event> {

  /** A playback in progress. */
  record Running(PlaybackEvent.Started play, Instant since) {}

  private final InstantSource clock;
  private final ConcurrentMap<String, Running> running = new ConcurrentHashMap<>();

  public PlayList(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void accept(Event event) {
    if (event instanceof PlaybackEvent.Started started) {
      running.put(started.request().id(), new Running(started, clock.instant()));
    } else if (event instanceof PlaybackEvent.Finished finished) {
      running.remove(finished.playback().requestId());
    }
  }

  int count() {
    return running.size();
  }

  /** Oldest first. */
  List<Running> all() {
    return running.values().stream().sorted(Comparator.comparing(Running::since)).toList();
  }
}
