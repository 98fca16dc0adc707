package streamcache.prewarm;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import streamcache.range.ByteRange;
import streamcache.store.TitleParts;

/** How much of a title is fetched before anybody plays it. */
public enum PrewarmPart {
  /**
   * What lets it begin and seek at once, and what the store keeps longest: its head, 1/300 of it
   * but 8 to 32 MiB, and the container index in its last 2 MiB.
   */
  ENDS,
  /** All of it. */
  ALL;

  /** The part with that name; empty if there is none. */
  public static Optional<PrewarmPart> of(String word) {
    return Arrays.stream(values()).filter(part -> part.word().equals(word)).findFirst();
  }

  /** The name in the API and in the file; stable. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether this part holds all of the other. */
  boolean includes(PrewarmPart other) {
    return this == ALL || other == ENDS;
  }

  /** What to fetch of a title of unknown length. */
  ByteRange beginning() {
    return new ByteRange(
        0,
        switch (this) {
          case ENDS -> TitleParts.LEAST_HEAD;
          case ALL -> Long.MAX_VALUE;
        });
  }

  /** What to fetch of a title with that length, in this order. */
  List<ByteRange> ranges(long total) {
    ByteRange body = TitleParts.of(total).body();
    if (this == ALL || body.start() >= body.end()) {
      return List.of(new ByteRange(0, total));
    }
    return List.of(new ByteRange(0, body.start()), new ByteRange(body.end(), total));
  }
}
