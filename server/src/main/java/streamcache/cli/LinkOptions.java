package streamcache.cli;

import java.time.Duration;
import java.util.Optional;
import streamcache.link.BadLink;
import streamcache.link.LinkForm;
import streamcache.settings.ValueType;

/** The options of commands that make links. */
final class LinkOptions {

  static final String PLAIN = "--plain";
  static final String SIGNED = "--signed";
  static final String EXPIRES = "--expires";

  private static final ValueType.Time LIFETIME = new ValueType.Time("1s", "36500d");

  private LinkOptions() {}

  /** Whether any of them was written. */
  static boolean areThere(Invocation call) {
    return call.has(PLAIN) || call.has(SIGNED) || call.option(EXPIRES).isPresent();
  }

  /** The form that was asked for. */
  static Optional<LinkForm> form(Invocation call) throws BadLink {
    if (call.has(PLAIN) && call.has(SIGNED)) {
      throw new BadLink("A link is either plain or signed; use only one of --plain and --signed.");
    }
    if (call.has(PLAIN)) {
      return Optional.of(LinkForm.PLAIN);
    }
    return call.has(SIGNED) ? Optional.of(LinkForm.SIGNED) : Optional.empty();
  }

  /** How long links are to be valid. */
  static Optional<Duration> lifetime(Invocation call) throws BadLink {
    Optional<String> written = call.option(EXPIRES);
    Optional<Duration> lifetime = written.flatMap(LIFETIME::parse);
    if (written.isPresent() && lifetime.isEmpty()) {
      throw new BadLink("--expires takes " + LIFETIME.allowed() + ".");
    }
    return lifetime;
  }
}
