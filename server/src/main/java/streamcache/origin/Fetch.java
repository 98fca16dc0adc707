package streamcache.origin;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import streamcache.link.Link;

/**
 * One upstream request by value. A stretch from the middle of a title is for whoever has seen its
 * beginning: what a file is can only be told there.
 *
 * @param link what to fetch
 * @param start first offset wanted, in bytes
 * @param end offset behind the last byte wanted; empty: to the end of the file
 * @param ifRange the provider's strong ETag or Last-Modified to send as If-Range; empty when the
 *     file is not known yet or has no validator
 * @param playerHeaders what of the asking player's request goes upstream (user-agent only), names
 *     in lower case; headers of the link win over it
 * @param isTrusted whether whoever asks may be led into private networks
 * @param closes whether the connection ends with the answer, since the provider would count it on
 *     while it waits for another request
 */
public record Fetch(
    Link link,
    long start,
    OptionalLong end,
    Optional<String> ifRange,
    Map<String, String> playerHeaders,
    boolean isTrusted,
    boolean closes) {

  public Fetch {
    playerHeaders = Map.copyOf(playerHeaders);
  }

  /** One whose connection may wait for another request. */
  public Fetch(
      Link link,
      long start,
      OptionalLong end,
      Optional<String> ifRange,
      Map<String, String> playerHeaders,
      boolean isTrusted) {
    this(link, start, end, ifRange, playerHeaders, isTrusted, /* closes= */ false);
  }
}
