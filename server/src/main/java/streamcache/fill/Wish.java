package streamcache.fill;

import java.util.Map;
import streamcache.link.Link;

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
 */
public record Wish(
    Link link,
    long start,
    long end,
    boolean factsOnly,
    Map<String, String> playerHeaders,
    ClientId client,
    boolean isTrusted) {

  /** The name of the User-Agent header field among those of a player. */
  static final String AGENT = "user-agent";

  public Wish {
    playerHeaders = Map.copyOf(playerHeaders);
  }

  /** The User-Agent of the player, blank if it has none. */
  String agent() {
    return playerHeaders.getOrDefault(AGENT, "");
  }
}
