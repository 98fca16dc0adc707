package streamcache.bench.explore;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import streamcache.link.BadLink;
import streamcache.link.Link;
import streamcache.link.LinkCodec;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;
import streamcache.schedule.Bitrate;
import streamcache.schedule.ObservedTitle;

/** What is stored of a film, and what was fetched of it. */
final class Stored implements ObservedTitle {

  /** Created once: the exhaustive search requests the same two a million times. */
  private static final Map<Integer, Link> LINKS = new ConcurrentHashMap<>();

  private final Link link;
  private final long length;
  private final Bitrate bitrate = new Bitrate();
  private RangeSet present = RangeSet.EMPTY;
  private boolean isKnown;
  private long fetched;

  Stored(int number, long length) {
    this.link = LINKS.computeIfAbsent(number, Stored::link);
    this.length = length;
  }

  private static Link link(int number) {
    LinkCodec codec = new LinkCodec();
    try {
      return codec.decode(codec.encode("http://provider.example/" + number + ".mkv"));
    } catch (BadLink e) {
      throw new IllegalStateException(e);
    }
  }

  Link link() {
    return link;
  }

  long length() {
    return length;
  }

  Bitrate bitrate() {
    return bitrate;
  }

  void isKnown(boolean now) {
    isKnown = now;
  }

  /** Another file has replaced the old one; no byte of the old one counts. */
  void forget() {
    present = RangeSet.EMPTY;
    bitrate.forget();
  }

  /**
   * Bytes arrived.
   *
   * @param isKept whether the store accepts them
   * @return how many were not stored before
   */
  long store(ByteRange range, boolean isKept) {
    fetched += range.length();
    long before = present.size();
    if (isKept) {
      present = present.plus(range);
    }
    return present.size() - before;
  }

  /** Returns the number of bytes received from the provider. */
  long fetched() {
    return fetched;
  }

  @Override
  public boolean isKnown() {
    return isKnown;
  }

  @Override
  public OptionalLong total() {
    return isKnown ? OptionalLong.of(length) : OptionalLong.empty();
  }

  @Override
  public RangeSet present() {
    return present;
  }
}
