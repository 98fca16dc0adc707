package streamcache.trouble;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import streamcache.clip.Card;
import streamcache.link.Link;
import streamcache.link.TitleKey;
import streamcache.playback.Request;

/**
 * Who is being shown a video instead of which title, so that later ranges of the same player are
 * ranges of the video and never of the film. Safe from any thread.
 *
 * <p>A player that opens the title anew has what it was shown set aside until it is known whether
 * the title plays now; if it still fails for the same cause, the player gets the very same video,
 * since its requests so far may have learned length and ETag of it.
 */
final class Showings {

  /** From a player's last request on. */
  static final Duration KEPT = Duration.ofMinutes(10);

  /** Bounds the memory that a scan of a dead library may take; all are forgotten beyond it. */
  private static final int MOST = 4096;

  /** A player, as well as it can be told from others, and a title. */
  record Viewer(InetAddress address, String agent, TitleKey title) {
    static Viewer of(Request request, Link link) {
      String agent = request.headers().first("User-Agent").orElse("");
      return new Viewer(request.peer(), agent, link.key());
    }
  }

  /**
   * What a viewer is shown.
   *
   * @param label of the cause
   * @param upstreamStatus the provider's own
   */
  record Showing(String label, Card card, OptionalInt upstreamStatus) {}

  private record Kept(Showing showing, Instant last, boolean isSetAside) {}

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

  /** What the viewer goes on watching. */
  Optional<Showing> resume(Viewer viewer) {
    Kept now =
        kept.computeIfPresent(
            viewer, (_, old) -> isOver(old) ? null : old.isSetAside() ? old : used(old));
    return Optional.ofNullable(now).filter(state -> !state.isSetAside()).map(Kept::showing);
  }

  /** The viewer opens the title anew: nothing is resumed until {@link #begin}. */
  void setAside(Viewer viewer) {
    kept.computeIfPresent(
        viewer,
        (_, old) ->
            isOver(old) ? null : new Kept(old.showing(), old.last(), /* isSetAside= */ true));
  }

  /** Shows the viewer this, or what was set aside if that has the same cause. */
  Showing begin(Viewer viewer, Showing showing) {
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
                old != null && !isOver(old) && old.showing().label().equals(showing.label())
                    ? used(old)
                    : used(new Kept(showing, clock.instant(), /* isSetAside= */ false)));
    return now.showing();
  }

  private Kept used(Kept old) {
    return new Kept(old.showing(), clock.instant(), /* isSetAside= */ false);
  }

  private boolean isOver(Kept old) {
    return old.last().plus(KEPT).isBefore(clock.instant());
  }
}
