package streamcache.library;

import java.util.Optional;
import streamcache.link.BadLink;
import streamcache.link.Links;
import streamcache.link.OpenedLink;
import streamcache.link.StrmLine;

/** Reads the links in {@code .strm} files. Pure; any thread. */
final class StrmLinks {

  /** The script of the nginx version wraps a link again each time it runs. */
  private static final int MOST_WRAPPINGS = 16;

  /**
   * A link of ours.
   *
   * @param outer the link as it stands
   * @param inner the link that its text is, if that is a link as well, and so on; else {@code
   *     outer}
   * @param isNested whether they are two
   */
  record Wrapped(OpenedLink outer, OpenedLink inner, boolean isNested) {}

  private final Links links;

  StrmLinks(Links links) {
    this.links = links;
  }

  /**
   * The link in a file; empty if the target is none.
   *
   * @throws BadLink if it is one that this server cannot read
   */
  Optional<Wrapped> read(String target) throws BadLink {
    if (!StrmLine.isLink(target)) {
      return Optional.empty();
    }
    OpenedLink outer = links.open(StrmLine.path(target));
    OpenedLink inner = outer;
    int depth = 1;
    while (depth < MOST_WRAPPINGS && StrmLine.isLink(inner.text())) {
      inner = links.open(StrmLine.path(inner.text().strip()));
      depth++;
    }
    return Optional.of(new Wrapped(outer, inner, depth > 1));
  }
}
