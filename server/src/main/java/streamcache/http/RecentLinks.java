package streamcache.http;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import streamcache.link.BadLink;
import streamcache.link.Links;
import streamcache.link.OpenedLink;

/**
 * A cache of recently read links: a player asks for ranges of one title again and again, and
 * reading the link took 40 % of a small range (docs/performance.md). Whether a link may still be
 * used is checked at every request. Safe from any thread.
 */
final class RecentLinks {

  /** Bounds the memory that a library scan may take; at the limit, the cache is cleared. */
  private static final int MOST = 1024;

  /** Longer paths are read every time; a thousand of them would take 16 MiB. */
  private static final int LONGEST = 1024;

  private final Links links;
  private final ConcurrentMap<String, OpenedLink> recent = new ConcurrentHashMap<>();

  RecentLinks(Links links) {
    this.links = links;
  }

  /**
   * @param path of a request, without its query
   */
  OpenedLink open(String path) throws BadLink {
    OpenedLink known = recent.get(path);
    if (known != null) {
      return known;
    }
    OpenedLink opened = links.open(path);
    if (recent.size() >= MOST) {
      recent.clear();
    }
    if (path.length() <= LONGEST) {
      recent.put(path, opened);
    }
    return opened;
  }
}
