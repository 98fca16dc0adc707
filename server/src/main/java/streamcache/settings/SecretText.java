package streamcache.settings;

/** A password of this server, which is never shown. */
public record SecretText(String reveal) {

  @Override
  public String toString() {
    return "****";
  }
}
