package streamcache.trouble;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import streamcache.link.Link;
import streamcache.origin.Failure;

/**
 * All that a response says about an error, in every form. Texts come from outside and may contain
 * anything but secrets.
 *
 * @param advice what the owner of this server can do; may be empty
 * @param about the title it is about, if any
 */
record Problem(Cause cause, String advice, Optional<About> about) {

  /**
   * A title that cannot be played.
   *
   * @param name as shown to people; empty when only the host is known
   * @param host of the provider
   * @param upstreamStatus the provider's own
   * @param notes such as "Requested in Seerr"
   */
  record About(
      String name, String host, OptionalInt upstreamStatus, List<String> notes, Instant time) {
    About {
      notes = List.copyOf(notes);
    }
  }

  static Problem of(Cause cause, String advice) {
    return new Problem(cause, advice, Optional.empty());
  }

  static Problem of(Link link, Failure failure, List<String> notes, Instant now) {
    About about = new About(name(link), host(link), failure.upstreamStatus(), notes, now);
    return new Problem(Cause.of(failure), Advice.of(failure), Optional.of(about));
  }

  /** The name of a link without a title is its host; this returns an empty name for it. */
  static String name(Link link) {
    return link.name().equals(host(link)) ? "" : link.name();
  }

  static String host(Link link) {
    return link.secrets().shownHost(link.url().shownHost());
  }
}
