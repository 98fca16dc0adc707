package streamcache.library;

import java.time.InstantSource;
import java.util.Optional;
import streamcache.library.StrmDecision.Faulty;
import streamcache.library.StrmDecision.Kept;
import streamcache.library.StrmDecision.Left;
import streamcache.link.BadLink;
import streamcache.link.Links;
import streamcache.link.OpenedLink;
import streamcache.link.StrmLine;

/**
 * Finds links that players cannot play; changes nothing. A link is ours by its key and its path,
 * whatever address it begins with: players may reach this server by several.
 */
public final class CheckRule implements StrmRule {

  private final Links links;
  private final Optional<String> base;
  private final StrmFilter filter;
  private final InstantSource clock;

  /**
   * @param base what all links have to begin with; empty if their owner has not said so
   */
  public CheckRule(Links links, Optional<String> base, StrmFilter filter, InstantSource clock) {
    this.links = links;
    this.base = base;
    this.filter = filter;
    this.clock = clock;
  }

  @Override
  public StrmDecision decide(String target, String title) {
    try {
      Optional<StrmLinks.Wrapped> ours = new StrmLinks(links).read(target);
      return ours.map(wrapped -> check(wrapped, target))
          .orElseGet(() -> new Left(LeftAlone.PROVIDER_URL));
    } catch (BadLink e) {
      return new Faulty(String.valueOf(e.getMessage()));
    }
  }

  private StrmDecision check(StrmLinks.Wrapped wrapped, String target) {
    OpenedLink link = wrapped.outer();
    if (!filter.selects(wrapped.inner().link())) {
      return new Left(LeftAlone.NOT_SELECTED);
    }
    if (wrapped.isNested()) {
      return new Faulty("A link within a link; 'streamcache strm wrap' repairs it.");
    }
    if (link.hasExpired(clock.instant())) {
      return new Faulty("The link has expired; 'streamcache strm wrap --expires TIME' renews it.");
    }
    String own = StrmLine.base(target);
    if (own.isEmpty()) {
      return new Faulty("The link has no address; 'streamcache strm wrap' adds it.");
    }
    if (base.filter(wanted -> !own.equalsIgnoreCase(wanted)).isPresent()) {
      return new Faulty(
          "The link begins with %s and not with BASE_URL, %s; 'streamcache strm wrap' changes it."
              .formatted(own, base.get()));
    }
    return new Kept(StrmFilm.of(link.link()), own);
  }
}
