package streamcache.trouble;

import java.util.List;
import streamcache.link.Link;
import streamcache.origin.Failure;

/** What viewers of a title that cannot be played are told besides. Any thread, must not block. */
public interface Notes {

  /** Lines as for people; two fit on the screen. */
  List<String> of(Link link, Failure failure);
}
