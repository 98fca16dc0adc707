package streamcache.origin;

import java.time.Instant;
import java.util.List;

/**
 * Where a redirect chain led.
 *
 * @param target the last hop
 * @param cookies what was set on the way
 * @param since when it was found
 * @param until when it is looked up anew in any case
 * @param hasServedAgain whether it has answered a later fetch: not a one-time address then
 */
record Resolved(
    Target target, List<Cookie> cookies, Instant since, Instant until, boolean hasServedAgain) {

  Resolved servedAgain() {
    return new Resolved(target, cookies, since, until, true);
  }
}
