package streamcache.origin;

import java.time.Instant;
import java.util.List;
import streamcache.link.HttpUrl;

/**
 * Where a redirect chain led.
 *
 * @param target the last hop
 * @param cookies the cookies set along the chain
 * @param since when it was found
 * @param until when it is resolved again in any case
 * @param hasServedAgain whether it has served a later fetch, so that it is not a one-time address
 */
record Resolved(
    HttpUrl target, List<Cookie> cookies, Instant since, Instant until, boolean hasServedAgain) {

  Resolved servedAgain() {
    return new Resolved(target, cookies, since, until, true);
  }
}
