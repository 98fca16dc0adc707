package streamcache.library;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import streamcache.library.StrmDecision.Change;
import streamcache.library.StrmDecision.Changed;
import streamcache.library.StrmDecision.Faulty;
import streamcache.library.StrmDecision.Kept;
import streamcache.library.StrmDecision.Left;
import streamcache.link.BadLink;
import streamcache.link.Link;
import streamcache.link.LinkForm;
import streamcache.link.Links;
import streamcache.link.OpenedLink;

/** Puts links in the place of providers' URLs and of links that are not as they should be. */
public final class WrapRule implements StrmRule {

  private static final Pattern WEB = Pattern.compile("https?://.*", Pattern.CASE_INSENSITIVE);
  private static final Pattern PLAYLIST = Pattern.compile(".*\\.(?:m3u8?|mpd)/?");

  private static final Pattern OPTIONS = Pattern.compile("[?|].*");

  /** A channel of an Xtream panel, beside {@code /live/USER/PASS/..}. */
  private static final Pattern CHANNEL = Pattern.compile("/[^/]+/[^/]+/[0-9]+(?:\\.ts)?");

  private final Links links;
  private final LinkChoice choice;
  private final StrmFilter filter;
  private final boolean includesLive;
  private final InstantSource clock;

  /**
   * @param includesLive whether files of live channels get links as well
   */
  public WrapRule(
      Links links,
      LinkChoice choice,
      StrmFilter filter,
      boolean includesLive,
      InstantSource clock) {
    this.links = links;
    this.choice = choice;
    this.filter = filter;
    this.includesLive = includesLive;
    this.clock = clock;
  }

  @Override
  public StrmDecision decide(String target, String title) {
    try {
      Optional<StrmLinks.Wrapped> ours = new StrmLinks(links).read(target);
      if (ours.isPresent()) {
        return rebase(ours.get(), target, title);
      }
      return WEB.matcher(target).matches() ? wrap(target, title) : new Left(LeftAlone.NOT_WEB);
    } catch (BadLink e) {
      return new Faulty(String.valueOf(e.getMessage()));
    }
  }

  private StrmDecision wrap(String target, String title) throws BadLink {
    Link link = links.of(target);
    Optional<LeftAlone> reason = reason(link);
    if (reason.isPresent()) {
      return new Left(reason.get());
    }
    Optional<Instant> expires = choice.expiryOfNew(clock.instant());
    String path = links.makeRestorable(choice.formOfNew(), target, title, expires);
    return new Changed(Change.WRAP, choice.base() + path, StrmFilm.of(link));
  }

  private Optional<LeftAlone> reason(Link link) {
    String path = link.url().path();
    if (!filter.selects(link)) {
      return Optional.of(LeftAlone.NOT_SELECTED);
    }
    if (PLAYLIST.matcher(path.toLowerCase(Locale.ROOT)).matches()) {
      return Optional.of(LeftAlone.PLAYLIST);
    }
    boolean isLive = link.isLive() || CHANNEL.matcher(path).matches();
    return isLive && !includesLive ? Optional.of(LeftAlone.LIVE) : Optional.empty();
  }

  private StrmDecision rebase(StrmLinks.Wrapped ours, String target, String title) throws BadLink {
    OpenedLink inner = ours.inner();
    if (!filter.selects(inner.link())) {
      return new Left(LeftAlone.NOT_SELECTED);
    }
    LinkForm form = choice.formFor(inner);
    Optional<Instant> expires = choice.expiryFor(inner, clock.instant());
    StrmFilm film = StrmFilm.of(inner.link());
    if (form == LinkForm.PLAIN && expires.isPresent()) {
      return new Left(LeftAlone.EXPIRES);
    }
    if (!ours.isNested() && isCurrent(inner, target, form, expires)) {
      return new Kept(film, choice.base());
    }
    String path = links.makeRestorable(form, inner.text(), title, expires);
    return new Changed(Change.REBASE, choice.base() + path + options(target), film);
  }

  private boolean isCurrent(
      OpenedLink link, String target, LinkForm form, Optional<Instant> expires) {
    boolean isOfNewestKey = link.keyId().isEmpty() || link.keyId().equals(links.newestKey());
    return link.form() == form
        && isOfNewestKey
        && link.expires().equals(expires)
        && target.startsWith(choice.base() + form.start());
  }

  /** What the user wrote behind a link: {@code ?error=status}, headers for Kodi. */
  private static String options(String target) {
    Matcher options = OPTIONS.matcher(target);
    return options.find() ? options.group() : "";
  }
}
