package streamcache.trouble;

import java.util.List;
import streamcache.link.Link;
import streamcache.origin.Failure;

/** Additional lines for viewers of a title that cannot be played. Any thread, must not block. */
public interface Notes {

  /** Lines for people to read; two fit on the screen. */
  List<String> of(Link link, Failure failure);
}
