package streamcache.origin;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import streamcache.link.Link;

/**
 * One upstream request by value.
 *
 * @param link what to fetch
 * @param start first offset wanted, in bytes
 * @param end offset behind the last byte wanted; empty: to the end of the file
 * @param ifRange the provider's strong ETag or Last-Modified to send as If-Range; empty when the
 *     file is not known yet or has no validator
 * @param playerHeaders what of the asking player's request goes upstream (user-agent only), names
 *     in lower case; headers of the link win over it
 * @param isKnown whether bytes of this title are stored already, and so were seen to be a film: a
 *     stretch from its middle is then taken without another look at its beginning
 * @param isTrusted whether whoever asks may be led into private networks
 */
public record Fetch(
    Link link,
    long start,
    OptionalLong end,
    Optional<String> ifRange,
    Map<String, String> playerHeaders,
    boolean isKnown,
    boolean isTrusted) {

  public Fetch {
    playerHeaders = Map.copyOf(playerHeaders);
  }

  /** The first bytes of the same title, to see what it is. */
  Fetch beginning(long bytes) {
    return new Fetch(
        link,
        0,
        OptionalLong.of(bytes),
        Optional.empty(),
        playerHeaders,
        /* isKnown= */ false,
        isTrusted);
  }
}
