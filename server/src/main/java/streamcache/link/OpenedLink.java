package streamcache.link;

import java.time.Instant;
import java.util.Optional;

/**
 * A link that was read, with its form, its expiry and its key.
 *
 * @param text what the link was made from, letter by letter: a URL, optionally with a Kodi suffix.
 *     It holds secrets
 * @param expires the time from which it must not be used; checked at every request, since this
 *     value may be cached
 * @param keyId the letter of the key it was made with; empty for a plain link
 */
public record OpenedLink(
    Link link, String text, LinkForm form, Optional<Instant> expires, Optional<Character> keyId) {

  public boolean hasExpired(Instant now) {
    return expires.isPresent() && !now.isBefore(expires.get());
  }

  /** Omits the text, which holds secrets. */
  @Override
  public String toString() {
    return "OpenedLink[" + link + ", " + form + "]";
  }
}
