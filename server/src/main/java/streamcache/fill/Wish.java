package streamcache.fill;

import java.util.Map;
import streamcache.link.Link;

/**
 * What a playback asks {@link Fills} for.
 *
 * @param link whose bytes
 * @param start first offset wanted
 * @param end offset behind the last byte wanted; Long.MAX_VALUE for the end of the file
 * @param factsOnly whether the facts of the title are enough (HEAD)
 * @param playerHeaders what of the player's request goes upstream, names in lower case
 * @param isTrusted whether whoever asks may be led into private networks
 */
public record Wish(
    Link link,
    long start,
    long end,
    boolean factsOnly,
    Map<String, String> playerHeaders,
    boolean isTrusted) {

  public Wish {
    playerHeaders = Map.copyOf(playerHeaders);
  }
}
