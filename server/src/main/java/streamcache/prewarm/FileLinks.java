package streamcache.prewarm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import streamcache.library.StrmTargets;
import streamcache.link.BadLink;
import streamcache.link.Link;
import streamcache.link.Links;
import streamcache.link.StrmLine;

/** What {@code .strm} files play: a link of this server, or the provider's own URL. */
record FileLinks(Links links) {

  /** Empty if the file cannot be read, or plays nothing from a provider. Reads the disk. */
  Optional<Link> of(Path file) {
    try {
      Optional<String> target = StrmTargets.read(file);
      return target.isPresent() ? Optional.of(of(target.get())) : Optional.empty();
    } catch (IOException | BadLink _) {
      return Optional.empty();
    }
  }

  private Link of(String target) throws BadLink {
    return StrmLine.isLink(target) ? links.open(StrmLine.path(target)).link() : links.of(target);
  }
}
