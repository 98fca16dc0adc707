package streamcache.fill;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import streamcache.live.Broadcast;
import streamcache.live.LiveFeed;
import streamcache.store.Generation;

/**
 * Whether a title is a broadcast, as far as known, and then what is received of it. Belongs to a
 * fill. Any thread; changed by the title's only connection.
 */
final class Channel implements AutoCloseable {

  /** What is received, and what passes the bytes of a connection on. */
  private record Receiving(Broadcast broadcast, LiveFeed feed) {}

  private final boolean isExpected;
  private volatile boolean isFile;
  private volatile @Nullable Receiving receiving;

  /**
   * @param isExpected whether the link says that the title is a broadcast, or an earlier play has
   *     shown it; the first response decides
   */
  Channel(boolean isExpected) {
    this.isExpected = isExpected;
  }

  /** Whether the next response without a length is a broadcast, if it is a transport stream. */
  boolean isExpected() {
    return isExpected || receiving != null;
  }

  /** The title is a file after all. */
  void isFile() {
    isFile = true;
  }

  void begins(Broadcast broadcast, LiveFeed feed) {
    receiving = new Receiving(broadcast, feed);
  }

  /** Empty while the title is not known to be a broadcast. */
  Optional<Broadcast> broadcast() {
    Receiving now = receiving;
    return now == null ? Optional.empty() : Optional.of(now.broadcast());
  }

  Optional<LiveFeed> feed() {
    Receiving now = receiving;
    return now == null ? Optional.empty() : Optional.of(now.feed());
  }

  /**
   * Whether stored bytes of the title may be played. What an earlier version kept of a broadcast
   * has no length.
   */
  boolean mayPlay(Generation stored) {
    return receiving == null && (!isExpected || isFile || stored.total().isPresent());
  }

  /** Makes viewers that wait evaluate their conditions again. */
  void wake() {
    broadcast().ifPresent(now -> now.window().wake());
  }

  /** Gives up what was received; nobody watches it. */
  @Override
  public void close() {
    broadcast().ifPresent(now -> now.window().close());
  }
}
