package streamcache.fill;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How long a film plays, as its file says: Matroska, WebM and AVI in their first bytes, the ISO
 * base media format (MP4, MOV) there or behind its pictures. Pure; any bytes will do, also hostile
 * ones.
 */
final class PlayingTime {

  /**
   * Enough of a file: what says it stands within the first kilobytes, if it does in front at all.
   */
  static final int HEAD_BYTES = 64 << 10;

  private static final double LEAST_SECONDS = 1;
  private static final double MOST_SECONDS = 24 * 3600;

  private PlayingTime() {}

  /**
   * @param head the first bytes, or those from {@link #elsewhere} on, as far as they are at hand;
   *     not consumed
   * @return empty when they do not say it, or nothing that could be true
   */
  static Optional<Duration> of(ByteBuffer head) {
    ByteBuffer bytes = head.slice().order(ByteOrder.BIG_ENDIAN);
    double seconds;
    try {
      seconds = seconds(bytes);
    } catch (IndexOutOfBoundsException _) {
      // It goes on behind what is at hand.
      return Optional.empty();
    }
    return seconds >= LEAST_SECONDS && seconds <= MOST_SECONDS
        ? Optional.of(Duration.ofNanos((long) (seconds * 1e9)))
        : Optional.empty();
  }

  /**
   * Where else it may be said.
   *
   * @param head the first bytes, which do not say it; not consumed
   * @return bytes from the beginning, at least 1, maybe behind the end of the file; empty when it
   *     is said nowhere
   */
  static OptionalLong elsewhere(ByteBuffer head) {
    return IsoHead.behindPictures(head.slice().order(ByteOrder.BIG_ENDIAN));
  }

  private static double seconds(ByteBuffer bytes) {
    int first = bytes.getInt(0);
    if (first == MatroskaHead.MAGIC) {
      return MatroskaHead.seconds(bytes);
    }
    return first == AviHead.MAGIC ? AviHead.seconds(bytes) : IsoHead.seconds(bytes);
  }
}
