package streamcache.trouble;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import streamcache.clip.Card;
import streamcache.playback.Viewer;

/**
 * Records which viewer is shown a video in place of which title, so that all requests of one player
 * get bytes of one video, never mixed with bytes of the title. Safe from any thread.
 *
 * <p>Players ask for a title several times before they show it, also concurrently. A request that
 * opens the title while the video is being read gets the video at once, since a seek to its start
 * looks the same. Otherwise the title is tried again, and the video is set aside until it is known
 * whether the title plays now. If the title still fails, the viewer gets the same video as before,
 * since the player may have recorded its length and ETag. A new video replaces an unexpired one
 * only for another cause, and only for a request that opens the title after the player has been
 * quiet for a while and reads nothing of the old video.
 */
final class Showings {

  /** How long a video is kept after a player's last request. */
  static final Duration KEPT = Duration.ofMinutes(10);

  /** A request that opens the title this long after the last one is a person's new attempt. */
  static final Duration BURST = Duration.ofSeconds(5);

  /**
   * Bounds the memory that a scan of a dead library may take. At the limit expired entries are
   * dropped, and all of them if that is not enough.
   */
  private static final int MOST = 4096;

  /**
   * What a viewer is shown.
   *
   * @param label of the cause
   * @param upstreamStatus the provider's own
   */
  record Showing(String label, Card card, OptionalInt upstreamStatus) {}

  /** A request that reads the video, until it is closed; closing it again has no effect. */
  static final class Reading implements AutoCloseable {

    private final Showing showing;
    private final Runnable end;
    private final AtomicBoolean open = new AtomicBoolean(true);

    private Reading(Showing showing, Runnable end) {
      this.showing = showing;
      this.end = end;
    }

    Showing showing() {
      return showing;
    }

    @Override
    public void close() {
      if (open.compareAndSet(true, false)) {
        end.run();
      }
    }
  }

  /**
   * @param readers requests that are being sent bytes of it
   * @param last when a request last began or ended to read it
   */
  private record Kept(Showing showing, Instant last, int readers, boolean isSetAside) {

    Kept read(int more, Instant now) {
      return new Kept(showing, now, readers + more, isSetAside);
    }

    Kept setAside(boolean value) {
      return new Kept(showing, last, readers, value);
    }
  }

  private final ConcurrentMap<Viewer, Kept> kept = new ConcurrentHashMap<>();
  private final InstantSource clock;

  Showings(InstantSource clock) {
    this.clock = clock;
  }

  boolean isEmpty() {
    return kept.isEmpty();
  }

  boolean knows(Viewer viewer) {
    return kept.containsKey(viewer);
  }

  int size() {
    return kept.size();
  }

  /**
   * The viewer asks for a later part: returns the video it is watching, unless the title is being
   * tried again.
   */
  Optional<Reading> resume(Viewer viewer) {
    return read(viewer, old -> !old.isSetAside());
  }

  /** The viewer opens the title: returns the video if another of its requests reads it now. */
  Optional<Reading> join(Viewer viewer) {
    return read(viewer, old -> old.readers() > 0 && isWithin(KEPT, old));
  }

  /** The title is tried again: the video is not resumed until the title is known to fail again. */
  void setAside(Viewer viewer) {
    kept.computeIfPresent(viewer, (_, old) -> isOver(old) ? null : old.setAside(true));
  }

  /** The title has failed again for a request for a later part. */
  Optional<Reading> fallBack(Viewer viewer) {
    return read(viewer, _ -> true);
  }

  /** The title plays: from now on, bytes of a video must not be mixed with those of the title. */
  void forget(Viewer viewer) {
    kept.remove(viewer);
  }

  /**
   * The title could not be opened: shows the viewer this video, or the one it was shown before.
   *
   * @param opened when the request came
   */
  Reading begin(Viewer viewer, Showing showing, Instant opened) {
    if (kept.size() >= MOST) {
      kept.values().removeIf(this::isOver);
    }
    if (kept.size() >= MOST) {
      kept.clear();
    }
    Kept now =
        kept.compute(
            viewer,
            (_, old) ->
                (old != null && goesOn(old, showing, opened)
                        ? old
                        : new Kept(showing, clock.instant(), /* readers= */ 0, false))
                    .setAside(false)
                    .read(1, clock.instant()));
    return reading(viewer, now.showing());
  }

  private boolean goesOn(Kept old, Showing showing, Instant opened) {
    if (isOver(old)) {
      return false;
    }
    boolean isOfThisBurst = !old.last().plus(BURST).isBefore(opened);
    return old.readers() > 0 || isOfThisBurst || old.showing().label().equals(showing.label());
  }

  private Optional<Reading> read(Viewer viewer, Predicate<Kept> allowed) {
    Showing[] found = new Showing[1];
    kept.computeIfPresent(
        viewer,
        (_, old) -> {
          if (isOver(old)) {
            return null;
          }
          if (!allowed.test(old)) {
            return old;
          }
          found[0] = old.showing();
          return old.read(1, clock.instant());
        });
    return Optional.ofNullable(found[0]).map(showing -> reading(viewer, showing));
  }

  private Reading reading(Viewer viewer, Showing showing) {
    return new Reading(
        showing,
        () ->
            kept.computeIfPresent(
                viewer,
                (_, old) -> old.showing().equals(showing) ? old.read(-1, clock.instant()) : old));
  }

  private boolean isOver(Kept old) {
    return old.readers() == 0 && !isWithin(KEPT, old);
  }

  private boolean isWithin(Duration time, Kept old) {
    return !old.last().plus(time).isBefore(clock.instant());
  }
}
