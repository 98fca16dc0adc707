package streamcache.catalog;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import streamcache.link.BadLink;
import streamcache.link.LinkForm;
import streamcache.link.Links;
import streamcache.link.OpenedLink;
import streamcache.link.Secrets;
import streamcache.link.StrmLine;

/**
 * Makes the links of a library, and decides whether an existing one still does. Any thread.
 *
 * @param base the URL under which players reach this server, without a slash at its end
 * @param lifetime after which the links expire; empty if never
 */
public record LinkMaker(
    Links links, LinkForm form, String base, Optional<Duration> lifetime, InstantSource clock) {

  /**
   * The line of a {@code .strm} file.
   *
   * @param title for the displayed name of the link; players and logs show it
   * @throws BadLink if the target is no URL that this server can play
   */
  public String line(MediaTarget target, String title) throws BadLink {
    Optional<Instant> expires = lifetime.map(clock.instant()::plus);
    return base + links.makeRestorable(form, target.reveal(), title, expires);
  }

  /**
   * Whether a file with {@code existing} plays what {@code line} plays, at the same address and in
   * the same form, and will not expire before half of the lifetime has passed.
   */
  boolean isCurrent(String existing, String line) {
    if (existing.equals(line)) {
      return true;
    }
    try {
      return existing.startsWith(base + form.start())
          && isSame(links.open(StrmLine.path(existing)), links.open(StrmLine.path(line)));
    } catch (BadLink unreadable) {
      return false;
    }
  }

  private boolean isSame(OpenedLink old, OpenedLink made) {
    return old.link().equals(made.link())
        && old.expires().isPresent() == lifetime.isPresent()
        && !old.hasExpired(clock.instant().plus(lifetime.orElse(Duration.ZERO).dividedBy(2)));
  }

  /** What must not be shown of a target, whose link is {@code line}. */
  Secrets secrets(String line) throws BadLink {
    return links.open(StrmLine.path(line)).link().secrets();
  }
}
