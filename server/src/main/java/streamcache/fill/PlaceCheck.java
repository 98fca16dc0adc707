package streamcache.fill;

import java.nio.ByteBuffer;
import java.util.Optional;
import streamcache.origin.OriginException;
import streamcache.origin.Upstream;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;
import streamcache.store.Generation;

/**
 * Fetches stored bytes from the middle of a file again and compares them, because the provider does
 * not state the place of its parts as HTTP demands, or not what file they are of. Used once, by a
 * connection's thread; blocks on the network and the disk.
 */
final class PlaceCheck {

  /** What the comparison has shown. */
  enum Finding {
    /** The requested bytes came. */
    SAME_BYTES,
    /** Other bytes came. */
    OTHER_BYTES,
    /** Another range came, or less than was requested, or too little is stored to compare. */
    NOTHING
  }

  /**
   * Fewer equal bytes show nothing. Of a title that a player begins far from its start, only the
   * first 4 KiB are known.
   */
  private static final long LEAST_BYTES = 2 * 1024;

  private static final long SAMPLE_BYTES = 64 * 1024;

  private final Generation stored;

  PlaceCheck(Generation stored) {
    this.stored = stored;
  }

  Finding compare(SampleCheck.Opener opener) throws OriginException {
    Optional<ByteRange> range = range();
    if (range.isEmpty()) {
      return Finding.NOTHING;
    }
    try (Upstream answer = opener.open(range.get())) {
      if (answer.start() != range.get().start()) {
        return Finding.NOTHING;
      }
      ByteBuffer bytes = SampleCheck.read(answer, range.get());
      if (bytes.remaining() < LEAST_BYTES || isUniform(bytes)) {
        return Finding.NOTHING;
      }
      return stored.agrees(answer.start(), bytes) ? Finding.SAME_BYTES : Finding.OTHER_BYTES;
    }
  }

  /** Padding looks the same at any place. */
  private static boolean isUniform(ByteBuffer bytes) {
    return bytes.slice(0, bytes.limit() - 1).equals(bytes.slice(1, bytes.limit() - 1));
  }

  /**
   * The last stored bytes of a stretch, but not the first of the file: any whole begins with them.
   */
  private Optional<ByteRange> range() {
    RangeSet present = stored.present();
    Optional<ByteRange> best = Optional.empty();
    long start = present.nextPresent(0);
    while (start < Long.MAX_VALUE) {
      long end = present.presentUntil(start);
      long from = Math.max(Math.max(1, start), end - SAMPLE_BYTES);
      if (end - from >= best.map(ByteRange::length).orElse(LEAST_BYTES)) {
        best = Optional.of(new ByteRange(from, end));
      }
      start = present.nextPresent(end);
    }
    return best;
  }
}
