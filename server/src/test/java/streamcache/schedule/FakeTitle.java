package streamcache.schedule;

import java.util.Optional;
import java.util.OptionalLong;
import streamcache.link.BadLink;
import streamcache.link.Link;
import streamcache.link.LinkCodec;
import streamcache.range.RangeSet;

/** A title whose stored bytes a test sets. */
final class FakeTitle implements ObservedTitle {

  final Link link;
  OptionalLong total = OptionalLong.empty();
  RangeSet present = RangeSet.EMPTY;
  boolean isKnown;

  FakeTitle(char name) {
    LinkCodec codec = new LinkCodec();
    try {
      link = codec.decode(codec.encode("http://provider.example/" + name + ".mkv"));
    } catch (BadLink e) {
      throw new AssertionError(e);
    }
  }

  /** The visit of a client that watches the title. */
  private record Viewing() implements ObservedVisit {

    @Override
    public boolean isViewing() {
      return true;
    }

    @Override
    public boolean isDismissed() {
      return false;
    }
  }

  /** A player requests the title. */
  AccountEvent.DemandCame came(long demand, ObservedReader reader) {
    return came(demand, reader, Optional.empty());
  }

  /** A player requests the title and makes it worth completing. */
  AccountEvent.DemandCame watched(long demand, ObservedReader reader) {
    return came(demand, reader, Optional.of(new Viewing()));
  }

  private AccountEvent.DemandCame came(
      long demand, ObservedReader reader, Optional<ObservedVisit> visit) {
    DemandTerms terms =
        new DemandTerms(link, /* factsOnly= */ false, "player", /* isTrusted= */ true, visit);
    return new AccountEvent.DemandCame(demand, link.key(), this, reader, terms);
  }

  @Override
  public boolean isKnown() {
    return isKnown;
  }

  @Override
  public OptionalLong total() {
    return total;
  }

  @Override
  public RangeSet present() {
    return present;
  }
}
