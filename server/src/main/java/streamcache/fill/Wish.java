package streamcache.fill;

import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import streamcache.link.Link;
import streamcache.range.ByteRange;

/**
 * What a playback requests from {@link Fills}.
 *
 * @param link the title to fetch
 * @param start offset of the first byte wanted
 * @param end offset after the last byte wanted; Long.MAX_VALUE for the end of the file
 * @param factsOnly whether the facts of the title are enough (HEAD)
 * @param playerHeaders the header fields of the player's request that are sent upstream, names in
 *     lower case
 * @param client the client that makes the request
 * @param isTrusted whether requests on behalf of the client may reach private networks
 * @param isOrder whether nobody waits for it: it is to be stored before a player comes
 */
public record Wish(
    Link link,
    long start,
    long end,
    boolean factsOnly,
    Map<String, String> playerHeaders,
    ClientId client,
    boolean isTrusted,
    boolean isOrder) {

  /** The name of the User-Agent header field among those of a player. */
  static final String AGENT = "user-agent";

  private static final ClientId NOBODY =
      ClientId.of(InetAddress.getLoopbackAddress(), Optional.empty());

  public Wish {
    playerHeaders = Map.copyOf(playerHeaders);
  }

  /** What a playback requests. */
  public Wish(
      Link link,
      long start,
      long end,
      boolean factsOnly,
      Map<String, String> playerHeaders,
      ClientId client,
      boolean isTrusted) {
    this(link, start, end, factsOnly, playerHeaders, client, isTrusted, /* isOrder= */ false);
  }

  /** A range that the operator wants stored; requests for it may reach private networks. */
  static Wish order(Link link, ByteRange range) {
    return new Wish(
        link,
        range.start(),
        range.end(),
        /* factsOnly= */ false,
        Map.of(),
        NOBODY,
        /* isTrusted= */ true,
        /* isOrder= */ true);
  }

  /** The User-Agent of the player, blank if it has none. */
  String agent() {
    return playerHeaders.getOrDefault(AGENT, "");
  }
}
