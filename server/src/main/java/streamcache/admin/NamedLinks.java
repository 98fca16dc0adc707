package streamcache.admin;

import java.time.InstantSource;
import streamcache.link.BadLink;
import streamcache.link.Link;
import streamcache.link.Links;
import streamcache.link.OpenedLink;
import streamcache.link.StrmLine;

/** Reads what operators name titles by: a URL at the provider, or a link of this server. Pure. */
record NamedLinks(Links links, InstantSource clock) {

  /**
   * @throws BadLink if it is neither, or a link that has expired
   */
  Link of(String written) throws BadLink {
    String text = written.strip();
    if (!StrmLine.isLink(text)) {
      return links.of(text);
    }
    OpenedLink opened = links.open(StrmLine.path(text));
    if (opened.hasExpired(clock.instant())) {
      throw new BadLink("This link has expired; make a new one with 'streamcache link URL'.");
    }
    return opened.link();
  }
}
