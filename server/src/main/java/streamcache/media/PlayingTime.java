package streamcache.media;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The playing time of a film as its file states it: Matroska, WebM and AVI in their first bytes,
 * the ISO base media format (MP4, MOV) there or after its media data. Pure; accepts any bytes,
 * hostile ones included.
 */
public final class PlayingTime {

  /** How much of a file to read: a time stated at the front is within the first kilobytes. */
  public static final int HEAD_BYTES = 64 << 10;

  private static final double LEAST_SECONDS = 1;
  private static final double MOST_SECONDS = 24 * 3600;

  private PlayingTime() {}

  /**
   * @param head the first bytes, or those from {@link #elsewhere} on, as far as they are available;
   *     not consumed
   * @return empty if they do not state it, or state less than a second or more than a day
   */
  public static Optional<Duration> of(ByteBuffer head) {
    ByteBuffer bytes = head.slice().order(ByteOrder.BIG_ENDIAN);
    double seconds;
    try {
      seconds = seconds(bytes);
    } catch (IndexOutOfBoundsException _) {
      // The header continues after the available bytes.
      return Optional.empty();
    }
    return seconds >= LEAST_SECONDS && seconds <= MOST_SECONDS
        ? Optional.of(Duration.ofNanos((long) (seconds * 1e9)))
        : Optional.empty();
  }

  /**
   * Where else the playing time may be stated.
   *
   * @param head the first bytes, which do not state it; not consumed
   * @return offset in bytes, at least 1, possibly past the end of the file; empty if it is stated
   *     nowhere
   */
  public static OptionalLong elsewhere(ByteBuffer head) {
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
