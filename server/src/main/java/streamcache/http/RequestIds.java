package streamcache.http;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

/** Request IDs that people can read to each other: 60 random bits, not secret. */
final class RequestIds {

  /**
   * Without i, l and o, which are mistaken for other characters, and u, which helps to form words.
   */
  private static final byte[] DIGITS =
      "0123456789abcdefghjkmnpqrstvwxyz".getBytes(StandardCharsets.US_ASCII);

  private static final int LENGTH = 12;

  private RequestIds() {}

  static String next() {
    long bits = ThreadLocalRandom.current().nextLong();
    byte[] id = new byte[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      id[i] = DIGITS[(int) (bits & 31)];
      bits >>>= 5;
    }
    return new String(id, StandardCharsets.ISO_8859_1);
  }
}
