package streamcache.fill;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import streamcache.origin.OriginException;
import streamcache.origin.Upstream;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;
import streamcache.schedule.ValidatorUse;
import streamcache.store.Generation;
import streamcache.store.StoreException;

/**
 * Fetches stored bytes of a file again and compares them, because a response had other validators
 * than the stored file. Used once, by a connection's thread; blocks on the network and the disk.
 */
final class SampleCheck {

  /** What the comparison has shown. */
  enum Finding {
    /** The bytes are those stored, and came with another validator. */
    SAME_BYTES,
    /** The response has the stored validator: the other one is not explained. */
    SAME_VALIDATOR,
    /** The provider has another file, or too little is stored to tell. */
    OTHER_FILE
  }

  /** Sends a request for a range. */
  interface Opener {
    Upstream open(ByteRange range) throws OriginException;
  }

  /**
   * The first response may have to complete the stored sample, and some may come from the server
   * that the stored file came from.
   */
  private static final int MOST_REQUESTS = 4;

  /** Fewer equal bytes show nothing, however short the provider's responses are. */
  private static final long LEAST_BYTES = 4 * 1024;

  private static final long SAMPLE_BYTES = 64 * 1024;

  private final Generation stored;
  private final long enough;

  SampleCheck(Generation stored) {
    this.stored = stored;
    this.enough = enough(stored);
  }

  /** How many bytes must be equal to show that they are of the stored file. */
  static long enough(Generation stored) {
    return Math.min(SAMPLE_BYTES, stored.total().orElse(Long.MAX_VALUE));
  }

  /**
   * Compares.
   *
   * @throws StoreException if the store refuses the bytes that complete the sample
   */
  Finding compare(Opener opener) throws OriginException, StoreException {
    for (int request = 0; request < MOST_REQUESTS; request++) {
      ByteRange range = range();
      try (Upstream answer = opener.open(range)) {
        ByteBuffer bytes = read(answer, range);
        OverlapCheck check = new OverlapCheck(stored, /* isVouched= */ false, enough);
        boolean isOther =
            SpliceGuard.hasOtherLength(stored, answer.facts())
                || !check.fits(answer.start(), bytes);
        boolean isProven = check.equal() >= needed(answer.length());
        boolean isComparable = isProven || isAllStoredIn(range);
        boolean isDisputed = SpliceGuard.isDisputed(stored, answer.facts(), ValidatorUse.CHECKED);
        if (isOther || (isDisputed && !isComparable)) {
          return Finding.OTHER_FILE;
        }
        if (isDisputed && isProven) {
          return Finding.SAME_BYTES;
        }
        if (isComparable) {
          // Every stored byte, or enough of them, was compared: these are of the same file.
          stored.write(answer.start(), bytes);
        }
      }
    }
    return Finding.SAME_VALIDATOR;
  }

  /** Where responses are capped, one of them is all that there is to compare. */
  private long needed(OptionalLong length) {
    return Math.max(Math.min(enough, LEAST_BYTES), Math.min(enough, length.orElse(enough)));
  }

  /** A stored range that is long enough; if there is none, the beginning of the file. */
  private ByteRange range() {
    RangeSet present = stored.present();
    ByteRange beginning = new ByteRange(0, enough);
    long start = present.covers(beginning) ? Long.MAX_VALUE : present.nextPresent(0);
    while (start < Long.MAX_VALUE) {
      long end = present.presentUntil(start);
      if (end - start >= enough) {
        return ByteRange.ofLength(start, enough);
      }
      start = present.nextPresent(end);
    }
    return beginning;
  }

  private boolean isAllStoredIn(ByteRange range) {
    return range.start() == 0 && stored.present().nextPresent(range.end()) == Long.MAX_VALUE;
  }

  /** Reads to the end of the range, so that its connection need not be cut. */
  static ByteBuffer read(Upstream answer, ByteRange range) throws OriginException {
    // Direct, as the store requires.
    ByteBuffer bytes = ByteBuffer.allocateDirect((int) range.length());
    int count = 0;
    while (count >= 0 && bytes.hasRemaining()) {
      count = answer.read(bytes);
    }
    return bytes.flip();
  }
}
