package streamcache.link;

/**
 * What a provider counts connections by: its host and the user, if the URL names one. The user is
 * held as a digest, so the id may be logged.
 *
 * @param value {@code host:port} or {@code host:port~<6 hex digits>}
 */
public record AccountId(String value) {

  @Override
  public String toString() {
    return value;
  }
}
