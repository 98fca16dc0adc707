package streamcache.origin;

import java.time.Instant;
import java.util.List;
import streamcache.link.HttpUrl;

/**
 * Where a redirect chain led, and the cookies that the provider set for the title.
 *
 * @param target the last hop; the link itself if nothing redirected
 * @param cookies the cookies set along the chain, and with the film itself
 * @param since when it was found
 * @param until until when the target may be reused; the cookies outlive it
 * @param hasServedAgain whether it has served a later fetch, so that it is not a one-time address
 */
record Resolved(
    HttpUrl target, List<Cookie> cookies, Instant since, Instant until, boolean hasServedAgain) {

  /** Whether the target may be requested without following the redirects again. */
  boolean isReusable(Instant now) {
    return now.isBefore(until);
  }

  /**
   * @param now the cookies, with those of the later fetch
   */
  Resolved servedAgain(List<Cookie> now) {
    return new Resolved(target, now, since, until, true);
  }
}
