package streamcache.testkit.fuzz;

/**
 * The file of a hostile provider: a container's signature followed by bytes that reveal their
 * offset and are never letters, line ends or digits, so that no part of it can be read as framing.
 * Pure.
 */
public final class HostileFilm {

  public static final int LENGTH = 30_000;

  private static final int[] MARK = {0x1a, 0x45, 0xdf, 0xa3};

  private HostileFilm() {}

  public static byte at(long offset) {
    if (offset < MARK.length) {
      return (byte) MARK[(int) offset];
    }
    long mixed = (offset + 1) * 0x9E3779B97F4A7C15L;
    return (byte) (0x80 | mixed >>> 57);
  }

  /** Returns the bytes of {@code [from, to)}, one a character. */
  static String text(int from, int to) {
    StringBuilder text = new StringBuilder(to - from);
    for (int at = from; at < to; at++) {
      text.append((char) (at(at) & 0xff));
    }
    return text.toString();
  }
}
