package streamcache.library;

import streamcache.link.Link;

/**
 * What a {@code .strm} file plays, without secrets.
 *
 * @param host the provider's, with its port if the URL has one
 * @param name the displayed name
 */
public record StrmFilm(String host, String name) {

  static StrmFilm of(Link link) {
    return new StrmFilm(link.url().shownHost(), link.name());
  }
}
