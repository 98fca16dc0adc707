package streamcache.schedule;

import java.util.OptionalLong;

/**
 * What a connection had delivered when it ended.
 *
 * @param stored bytes that were not stored before
 * @param hasProgress whether some of them are kept
 * @param isWhole whether it read the file from the start because the provider supports no ranges
 * @param isSpent whether the body was read to its clean end, so that nothing was cut off
 * @param cutShortAt the number of bytes after which the response ended early, if it did
 * @param hasChangedTitle whether the title has gained bytes, or its length has become known
 */
public record Brought(
    long stored,
    boolean hasProgress,
    boolean isWhole,
    boolean isSpent,
    OptionalLong cutShortAt,
    boolean hasChangedTitle) {

  public static final Brought NOTHING =
      new Brought(0, false, false, false, OptionalLong.empty(), false);
}
