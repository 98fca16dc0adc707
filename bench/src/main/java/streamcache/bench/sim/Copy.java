package streamcache.bench.sim;

import org.jspecify.annotations.Nullable;
import streamcache.fill.Bitrate;
import streamcache.link.TitleKey;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;

/** What the store holds of one film, and what was fetched of it, kept or not. */
final class Copy {

  private static final int KEY_LETTERS = 26;

  private final TitleKey key;
  private final @Nullable Copy whole;
  private final Bitrate bitrate = new Bitrate();
  private RangeSet present = RangeSet.EMPTY;
  private RangeSet fetched = RangeSet.EMPTY;
  private long duplicates;

  /**
   * @param number of the film, 0 to 25
   */
  Copy(int number) {
    this.key = new TitleKey(String.valueOf((char) ('a' + number)).repeat(KEY_LETTERS));
    this.whole = null;
    bitrate.lasts(Terms.PLAYING_TIME);
  }

  private Copy(Copy whole) {
    this.key = whole.key;
    this.whole = whole;
  }

  /** Where bytes of the film go that the store does not keep. */
  Copy passing() {
    return new Copy(this);
  }

  TitleKey key() {
    return key;
  }

  /** What the product has learned of it. */
  Bitrate bitrate() {
    return bitrate;
  }

  RangeSet present() {
    return present;
  }

  long end() {
    return Terms.TOTAL;
  }

  boolean isComplete() {
    return present.size() == end();
  }

  /** Bytes came from the provider. */
  void fetched(ByteRange range) {
    if (whole != null) {
      whole.fetched(range);
    }
    if (fetched.nextPresent(range.start()) < range.end()) {
      duplicates += range.length() - fetched.holes(range).size();
    }
    fetched = fetched.plus(range);
  }

  /** ...and were kept. */
  void stored(ByteRange range) {
    present = present.plus(range);
  }

  /** Bytes that came from the provider, duplicates included. */
  long fetchedBytes() {
    return fetched.size() + duplicates;
  }

  /** Bytes that were fetched although they had been before. */
  long duplicates() {
    return duplicates;
  }
}
