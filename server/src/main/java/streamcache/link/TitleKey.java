package streamcache.link;

/**
 * The name of a title everywhere: lower-case base32 of the first 128 bits of the SHA-256 of its
 * canonical original URL. Says nothing about the URL, so it may be logged.
 *
 * @param value 26 characters of {@code a-z2-7}
 */
public record TitleKey(String value) {

  public TitleKey {
    if (!value.matches("[a-z2-7]{26}")) {
      throw new IllegalArgumentException("not a title key");
    }
  }

  /** The first eight characters, enough to tell titles apart for a person. */
  public String brief() {
    return value.substring(0, 8);
  }

  @Override
  public String toString() {
    return value;
  }
}
