package streamcache.origin;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import streamcache.link.Link;

/**
 * One upstream request; immutable. A caller requests a range from the middle of a title only after
 * it has seen the beginning: only the beginning shows what a file is.
 *
 * @param link what to fetch
 * @param start first requested offset, in bytes
 * @param end offset after the last requested byte; empty for the end of the file
 * @param ifRange the provider's strong ETag or Last-Modified to send as If-Range; empty if the file
 *     is not known yet or has no validator
 * @param playerHeaders request headers of the player that are sent upstream (user-agent only),
 *     names in lower case; headers of the link take precedence
 * @param isTrusted whether the client may reach private networks
 * @param ifNoneMatch the strong ETag of the stored file, if the provider is to answer only
 *     "unchanged" while it still has that file
 * @param sendsRange whether the request carries a Range; if not, the response is the whole file,
 *     whatever bytes are requested
 * @param closes whether the connection is closed after the response, since the provider would go on
 *     counting it while it is idle
 */
public record Fetch(
    Link link,
    long start,
    OptionalLong end,
    Optional<String> ifRange,
    Optional<String> ifNoneMatch,
    Map<String, String> playerHeaders,
    boolean isTrusted,
    boolean sendsRange,
    boolean closes) {

  public Fetch {
    playerHeaders = Map.copyOf(playerHeaders);
  }

  /** The same for other bytes, on a connection that is kept if {@code isMore} follows. */
  Fetch part(long from, long until, boolean isMore) {
    return new Fetch(
        link,
        from,
        OptionalLong.of(until),
        ifRange,
        ifNoneMatch,
        playerHeaders,
        isTrusted,
        sendsRange,
        closes && !isMore);
  }

  /** The same for all bytes that follow. */
  Fetch toTheEnd() {
    return new Fetch(
        link,
        start,
        OptionalLong.empty(),
        ifRange,
        ifNoneMatch,
        playerHeaders,
        isTrusted,
        sendsRange,
        closes);
  }

  /** A fetch without If-None-Match: it requests bytes whatever is stored. */
  public Fetch(
      Link link,
      long start,
      OptionalLong end,
      Optional<String> ifRange,
      Map<String, String> playerHeaders,
      boolean isTrusted,
      boolean closes) {
    this(
        link,
        start,
        end,
        ifRange,
        /* ifNoneMatch= */ Optional.empty(),
        playerHeaders,
        isTrusted,
        /* sendsRange= */ true,
        closes);
  }

  /** As above, with a connection that may be kept for another request. */
  public Fetch(
      Link link,
      long start,
      OptionalLong end,
      Optional<String> ifRange,
      Map<String, String> playerHeaders,
      boolean isTrusted) {
    this(link, start, end, ifRange, playerHeaders, isTrusted, /* closes= */ false);
  }

  /** Where the response begins if the provider does as requested. */
  long expectedStart() {
    return sendsRange ? start : 0;
  }

  /** Number of bytes that are requested; empty if they go up to the end of the file. */
  OptionalLong requestedLength() {
    return end.isPresent() ? OptionalLong.of(end.getAsLong() - start) : OptionalLong.empty();
  }
}
