package streamcache.fill;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import streamcache.origin.Failure;
import streamcache.origin.OriginException;
import streamcache.origin.Upstream;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;
import streamcache.schedule.AccountEvent;
import streamcache.schedule.Effect;
import streamcache.store.Generation;

/**
 * Looks for the bytes of one connection in the stores of other nodes, so that the provider is asked
 * only for what no node has. Takes them from a node only if it has the stored file: as long, and
 * shown to be the same by a strong validator or by equal bytes. Belongs to one connection and is
 * used by its thread alone.
 */
final class NodeCopy {

  /** A node that has none of these is left out: a longer search would keep the player waiting. */
  private static final int MOST_SAMPLES = 4;

  private final Machine machine;
  private final Effect.Open open;
  private final Fill fill;
  private final Source source;
  private @Nullable StoredOffer taken;

  NodeCopy(Machine machine, Effect.Open open, Fill fill, Source source) {
    this.machine = machine;
    this.open = open;
    this.fill = fill;
    this.source = source;
  }

  /**
   * The bytes of another node; blocks for the answers of all, four seconds at most, and for the
   * first byte.
   *
   * @param first gets the first of the bytes
   * @return empty if the provider is to be asked
   */
  Optional<Upstream> find(ByteBuffer first) {
    if (!mayCopy()) {
      return Optional.empty();
    }
    Optional<Generation> known = fill.generation();
    long start = open.range().start();
    List<StoredOffer> offers = new ArrayList<>(source.others().ask(open.title(), start));
    offers.removeIf(offer -> offer.end() <= start || offer.facts().total().isEmpty());
    offers.sort(known.isPresent() ? mostFirst() : newestFirst());
    for (StoredOffer offer : offers) {
      if (known.isEmpty() || isOfFile(known.get(), offer)) {
        Optional<Upstream> copy = open(offer, start, first);
        if (copy.isPresent()) {
          taken = offer;
          return copy;
        }
      }
    }
    return Optional.empty();
  }

  /** Empty if its bytes were evicted, or the node is gone: another one may have them. */
  private Optional<Upstream> open(StoredOffer offer, long start, ByteBuffer first) {
    try {
      Upstream copy = offer.open(start, Math.min(open.range().end(), offer.end()));
      if (copy.read(first) > 0) {
        return Optional.of(copy);
      }
      copy.close();
    } catch (IOException _) {
      // The provider has them in any case.
    }
    return Optional.empty();
  }

  /** Nothing is kept of a broadcast; and a file that has changed is begun with the provider's. */
  private boolean mayCopy() {
    boolean isLive = open.terms().link().isLive() || fill.isBroadcast();
    return !isLive && (fill.generation().isEmpty() || open.terms().continues());
  }

  private static Comparator<StoredOffer> mostFirst() {
    return Comparator.comparingLong(StoredOffer::end).reversed();
  }

  /** The provider may have changed the file since one of the nodes began it. */
  private static Comparator<StoredOffer> newestFirst() {
    return Comparator.comparingLong(StoredOffer::begun).reversed().thenComparing(mostFirst());
  }

  private boolean isOfFile(Generation known, StoredOffer offer) {
    return known.total().equals(offer.facts().total())
        && (SpliceGuard.isVouched(known, offer.facts(), open.terms().validators())
            || hasEqualBytes(known, offer));
  }

  /** Whether bytes that both nodes have are equal, as many as show that it is the same file. */
  private boolean hasEqualBytes(Generation known, StoredOffer offer) {
    for (ByteRange sample : samples(known)) {
      try (Upstream part = offer.open(sample.start(), sample.end())) {
        ByteBuffer bytes = SampleCheck.read(part, sample);
        if (bytes.remaining() == sample.length()) {
          return known.agrees(sample.start(), bytes);
        }
      } catch (IOException _) {
        // The node does not have these.
      }
    }
    return false;
  }

  /** Stored bytes to compare: those at the join before the others. */
  private List<ByteRange> samples(Generation known) {
    long enough = SampleCheck.enough(known);
    RangeSet present = known.present();
    long start = open.range().start();
    long next = present.nextPresent(start);
    List<ByteRange> samples = new ArrayList<>();
    samples.add(new ByteRange(Math.max(0, start - enough), start));
    if (next < Long.MAX_VALUE) {
      samples.add(ByteRange.ofLength(next, enough));
    }
    present.ranges().forEach(run -> samples.add(ByteRange.ofLength(run.start(), enough)));
    samples.removeIf(sample -> sample.length() < enough || !present.covers(sample));
    return samples.subList(0, Math.min(samples.size(), MOST_SAMPLES));
  }

  /**
   * The generation that the bytes belong to: the stored one, or the first of the title.
   *
   * @param position where the bytes begin
   * @param first the first of them, in a buffer that is being filled
   */
  Generation generation(long position, ByteBuffer first) throws OriginException {
    Optional<Generation> known = fill.generation();
    if (known.isPresent()) {
      return known.get();
    }
    StoredOffer offer = taken;
    if (offer == null || !machine.<Boolean>ask(rules -> rules.mayBegin(open.connection()))) {
      throw new OriginException(
          new Failure.Changed(OptionalInt.empty(), "another response came first"));
    }
    // Only the beginning of a file shows what it is.
    ByteBuffer head = position == 0 ? first.duplicate().flip() : ByteBuffer.allocate(0);
    Generation begun =
        fill.title()
            .copy(
                source.facts(offer.facts(), open.terms().link(), head.duplicate()), offer.begun());
    if (position == 0) {
      fill.headLook().atFirst(head);
    }
    machine.on(new AccountEvent.FileBegun(open.connection()));
    return begun;
  }
}
