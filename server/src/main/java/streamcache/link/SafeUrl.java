package streamcache.link;

/**
 * An absolute http(s) URL that does not show its secrets: {@link #toString} gives scheme and host
 * only. Code that really needs the text calls {@link #reveal}, which is easy to search for.
 */
public final class SafeUrl {

  private final String text;
  private final String host;

  /**
   * @param text the whole URL, already checked and percent-encoded
   * @param host its host as written, with the port if one is written
   */
  public SafeUrl(String text, String host) {
    this.text = text;
    this.host = host;
  }

  /** The whole URL with every secret in it; for the wire only, never for a log, page or error. */
  public String reveal() {
    return text;
  }

  /** Host and, if written, port. */
  public String host() {
    return host;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SafeUrl url && text.equals(url.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return (text.startsWith("https") ? "https://" : "http://") + host + "/~";
  }
}
