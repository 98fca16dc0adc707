package streamcache.http;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import streamcache.link.BadLink;
import streamcache.link.Link;
import streamcache.link.LinkCodec;

/**
 * Links as decoded lately: a player asks for ranges of one title again and again, and decoding took
 * 40 % of a small range (docs/performance.md). Safe from any thread.
 */
final class RecentLinks {

  /** Bounds the memory that a scan of a library may take; all are forgotten beyond it. */
  private static final int MOST = 1024;

  /** Longer ones are decoded each time, so that a thousand of them take no 16 MiB. */
  private static final int LONGEST = 1024;

  private final LinkCodec codec;
  private final ConcurrentMap<String, Link> recent = new ConcurrentHashMap<>();

  RecentLinks(LinkCodec codec) {
    this.codec = codec;
  }

  Link decode(String pathBehindU) throws BadLink {
    Link known = recent.get(pathBehindU);
    if (known != null) {
      return known;
    }
    Link link = codec.decode(pathBehindU);
    if (recent.size() >= MOST) {
      recent.clear();
    }
    if (pathBehindU.length() <= LONGEST) {
      recent.put(pathBehindU, link);
    }
    return link;
  }
}
