package streamcache.link;

import java.time.Instant;
import java.util.Optional;

/**
 * A link as it was read: what it stands for, and what it says of itself.
 *
 * @param expires from when on it is not to be used; checked at every request, since this value may
 *     be remembered
 * @param keyId the letter of the key it was made with; empty for a plain one
 */
public record OpenedLink(
    Link link, LinkForm form, Optional<Instant> expires, Optional<Character> keyId) {

  public boolean hasExpired(Instant now) {
    return expires.isPresent() && !now.isBefore(expires.get());
  }
}
