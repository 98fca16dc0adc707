package streamcache.fill;

import java.util.List;
import streamcache.link.TitleKey;

/** What the other nodes of a cluster have stored of titles. Any thread. */
@FunctionalInterface
public interface OtherStores {

  /** Of a server that is alone. */
  OtherStores NONE = (_, _) -> List.of();

  /**
   * Asks all other nodes at once what they have of a title from an offset on. Blocks until all have
   * answered, four seconds at most.
   *
   * @return what those offer that have the byte at {@code start}
   */
  List<StoredOffer> ask(TitleKey title, long start);
}
