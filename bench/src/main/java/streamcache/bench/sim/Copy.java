package streamcache.bench.sim;

import org.jspecify.annotations.Nullable;
import streamcache.link.BadLink;
import streamcache.link.Link;
import streamcache.link.LinkCodec;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;
import streamcache.schedule.Bitrate;

/** What the store holds of one film, and what was fetched of it, whether or not it was kept. */
final class Copy {

  private final Link link;
  private final @Nullable Copy whole;
  private final Bitrate bitrate = new Bitrate();
  private RangeSet present = RangeSet.EMPTY;
  private RangeSet fetched = RangeSet.EMPTY;
  private long duplicates;

  /**
   * @param number of the film
   */
  Copy(int number) {
    LinkCodec codec = new LinkCodec();
    try {
      this.link = codec.decode(codec.encode("http://provider.example/" + number + ".mkv"));
    } catch (BadLink e) {
      throw new IllegalStateException(e);
    }
    this.whole = null;
    bitrate.lasts(Terms.PLAYING_TIME);
  }

  private Copy(Copy whole) {
    this.link = whole.link;
    this.whole = whole;
  }

  /** Returns a copy for the bytes of the film that the store does not keep. */
  Copy passing() {
    return new Copy(this);
  }

  Link link() {
    return link;
  }

  /** Returns what the product has learned about its bitrate. */
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

  /** Bytes arrived from the provider. */
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

  /** Returns the bytes received from the provider, duplicates included. */
  long fetchedBytes() {
    return fetched.size() + duplicates;
  }

  /** Returns the bytes that were fetched more than once. */
  long duplicates() {
    return duplicates;
  }
}
