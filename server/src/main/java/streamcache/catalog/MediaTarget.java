package streamcache.catalog;

/**
 * The URL of a film, episode or channel at its provider, optionally with a Kodi suffix ({@code
 * url|User-Agent=..&Referer=..}). It usually holds a password.
 *
 * @param reveal the text with its secrets; for a link only, never for a log, a page or a message
 */
public record MediaTarget(String reveal) {

  /** Omits the URL, which may hold secrets. */
  @Override
  public String toString() {
    return "MediaTarget";
  }
}
