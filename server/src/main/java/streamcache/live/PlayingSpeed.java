package streamcache.live;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.OptionalLong;
import streamcache.media.TransportPacket;

/**
 * Whether a body without a length arrives as fast as it plays, by the clock in its packets, for as
 * long as a file never would: then it is a broadcast. Used by one connection's thread. Times are
 * monotonic nanoseconds.
 *
 * <p>Each minute is judged by itself, since a provider may begin with what it has buffered.
 */
public final class PlayingSpeed {

  /** How long it has to arrive at that speed. */
  public static final Duration LONG = Duration.ofMinutes(1);

  /** What counts as that speed: seconds of playing that arrive in a second. */
  private static final double SLOWEST = 0.8;

  private static final double FASTEST = 1.25;

  /** Ticks; a clock that jumps further begins to count anew, as between two programs. */
  private static final long JUMP = 10L * TransportPacket.CLOCK_HERTZ;

  private final PacketAligner aligner = new PacketAligner();

  /** The stream whose clock is read: the first one that has any; -1 before. */
  private int id = -1;

  private long clock;

  /** Ticks that arrived in the current minute, and when it began. */
  private long played;

  private long since;

  /**
   * @param now when the first bytes arrive
   */
  public PlayingSpeed(long now) {
    this.since = now;
  }

  /**
   * Takes all of {@code bytes}, which follow the earlier ones.
   *
   * @return whether the body is a broadcast
   */
  public boolean shows(ByteBuffer bytes, long now) {
    ByteBuffer packets = aligner.take(bytes);
    for (int at = packets.position(); at < packets.limit(); at += TransportPacket.BYTES) {
      TransportPacket packet = new TransportPacket(packets, at);
      OptionalLong ticks = packet.clock();
      if (ticks.isPresent() && (id < 0 || id == packet.id())) {
        count(packet.id(), ticks.getAsLong());
      }
    }
    double seconds = (now - since) / 1e9;
    if (seconds < LONG.toSeconds()) {
      return false;
    }
    double speed = (double) played / TransportPacket.CLOCK_HERTZ / seconds;
    played = 0;
    since = now;
    return speed >= SLOWEST && speed <= FASTEST;
  }

  private void count(int stream, long ticks) {
    long step = (ticks - clock) & (TransportPacket.CLOCK_WRAPS - 1);
    played += id >= 0 && step <= JUMP ? step : 0;
    id = stream;
    clock = ticks;
  }

  /**
   * How many of the last bytes belong to a packet that is not whole: the window has to begin there.
   */
  public int begun() {
    return aligner.begun();
  }

  /** Continues with a window whose first byte is the first one {@link #begun}. */
  public LiveFeed feed(LiveWindow window) {
    return new LiveFeed(window, aligner);
  }
}
