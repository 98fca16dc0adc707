package streamcache.library;

import java.util.Optional;
import streamcache.library.StrmDecision.Change;
import streamcache.library.StrmDecision.Changed;
import streamcache.library.StrmDecision.Faulty;
import streamcache.library.StrmDecision.Left;
import streamcache.link.BadLink;
import streamcache.link.Links;
import streamcache.link.OpenedLink;

/** Puts what a link was made from back in its place, letter by letter. */
public final class UnwrapRule implements StrmRule {

  private final Links links;
  private final StrmFilter filter;

  public UnwrapRule(Links links, StrmFilter filter) {
    this.links = links;
    this.filter = filter;
  }

  @Override
  public StrmDecision decide(String target, String title) {
    try {
      Optional<StrmLinks.Wrapped> ours = new StrmLinks(links).read(target);
      return ours.map(wrapped -> unwrap(wrapped.inner()))
          .orElseGet(() -> new Left(LeftAlone.PROVIDER_URL));
    } catch (BadLink e) {
      return new Faulty(String.valueOf(e.getMessage()));
    }
  }

  private StrmDecision unwrap(OpenedLink link) {
    return filter.selects(link.link())
        ? new Changed(Change.UNWRAP, link.text(), StrmFilm.of(link.link()))
        : new Left(LeftAlone.NOT_SELECTED);
  }
}
