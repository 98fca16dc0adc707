package streamcache.link;

/**
 * The identifier of a title everywhere: lower-case base32 of the first 128 bits of the SHA-256 of
 * its canonical original URL. Says nothing about the URL, so it may be logged.
 *
 * @param value 26 characters of {@code a-z2-7}
 */
public record TitleKey(String value) {

  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int BITS = 128;
  private static final int LENGTH = 26;

  public TitleKey {
    if (!value.matches("[a-z2-7]{26}")) {
      throw new IllegalArgumentException("not a title key");
    }
  }

  /**
   * The key of the title at a URL.
   *
   * @param canonical the one text for all spellings of the URL
   */
  static TitleKey of(String canonical) {
    byte[] digest = Digest.sha256(canonical);
    StringBuilder value = new StringBuilder(LENGTH);
    for (int letter = 0; letter < LENGTH; letter++) {
      value.append(LETTERS.charAt(fiveBits(digest, letter * 5)));
    }
    return new TitleKey(value.toString());
  }

  /** The first eight characters, enough for a person to tell titles apart. */
  public String brief() {
    return value.substring(0, 8);
  }

  @Override
  public String toString() {
    return value;
  }

  /** Five bits of the first 128; bits after those count as zero, as base32 pads. */
  private static int fiveBits(byte[] digest, int from) {
    int bits = 0;
    for (int bit = from; bit < from + 5; bit++) {
      int value = bit < BITS ? (digest[bit / 8] >> (7 - bit % 8)) & 1 : 0;
      bits = bits << 1 | value;
    }
    return bits;
  }
}
