package streamcache.library;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import streamcache.link.LinkForm;
import streamcache.link.OpenedLink;

/**
 * What links in a library should look like.
 *
 * @param base what precedes the path of a link, without a slash at its end
 * @param form the form of all links; empty: sealed, and signed ones stay signed
 * @param lifetime how long new links are valid; empty: without an end, and a link that expires
 *     keeps its time
 */
public record LinkChoice(String base, Optional<LinkForm> form, Optional<Duration> lifetime) {

  /** The form of a link for a provider's URL. */
  LinkForm formOfNew() {
    return form.orElse(LinkForm.SEALED);
  }

  /** The form for a file that has a link. */
  LinkForm formFor(OpenedLink present) {
    return form.orElse(present.form() == LinkForm.SIGNED ? LinkForm.SIGNED : LinkForm.SEALED);
  }

  /** When a link for a provider's URL expires. */
  Optional<Instant> expiryOfNew(Instant now) {
    return lifetime.map(now::plus).map(when -> when.truncatedTo(ChronoUnit.SECONDS));
  }

  /**
   * When the link of a file expires. It is renewed once less than half of its lifetime is left, so
   * that a second run changes nothing.
   */
  Optional<Instant> expiryFor(OpenedLink present, Instant now) {
    if (lifetime.isEmpty()) {
      return present.expires();
    }
    Instant renewal = now.plus(lifetime.get().dividedBy(2));
    Instant latest = now.plus(lifetime.get());
    return present
        .expires()
        .filter(when -> when.isAfter(renewal) && !when.isAfter(latest))
        .or(() -> expiryOfNew(now));
  }
}
