package streamcache.fill;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import streamcache.live.Broadcast;
import streamcache.origin.Fetch;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;
import streamcache.schedule.Effect;
import streamcache.schedule.ObservedTitle;
import streamcache.schedule.RequestTerms;
import streamcache.store.Generation;
import streamcache.store.Title;

/**
 * A title that is held for an account while it is wanted or being completed. Owned by its account;
 * any thread, no lock.
 *
 * @param title the hold on the title
 * @param headLook finds the bit rate that its head declares
 * @param openEnd determines where it ends while no response states the length
 * @param channel what is received of it if it is a broadcast, of which nothing is stored
 * @param request the id of the request that wanted something of it last
 */
record Fill(
    Title title,
    HeadLook headLook,
    OpenEnd openEnd,
    Channel channel,
    AtomicReference<String> request)
    implements ObservedTitle, AutoCloseable {

  static Fill of(Title title, Channel channel) {
    return new Fill(title, new HeadLook(), new OpenEnd(), channel, new AtomicReference<>(""));
  }

  /** The stored file; empty for a broadcast. */
  Optional<Generation> generation() {
    return title.generation().filter(channel::mayPlay);
  }

  @Override
  public boolean isKnown() {
    return isBroadcast() || generation().isPresent();
  }

  @Override
  public boolean isBroadcast() {
    return channel.broadcast().isPresent();
  }

  @Override
  public OptionalLong total() {
    Optional<Generation> known = generation();
    return known.isPresent() ? known.get().total() : OptionalLong.empty();
  }

  /** What has been dropped from the window counts as present, too: it will not be fetched again. */
  @Override
  public RangeSet present() {
    Optional<Broadcast> live = channel.broadcast();
    if (live.isPresent()) {
      long edge = live.get().window().edge();
      return edge == 0 ? RangeSet.EMPTY : RangeSet.of(new ByteRange(0, edge));
    }
    Optional<Generation> known = generation();
    return known.isPresent() ? known.get().present() : RangeSet.EMPTY;
  }

  /** Makes readers that wait evaluate their conditions again. */
  void wake() {
    generation().ifPresent(Generation::wake);
    channel.wake();
  }

  /** Releases the title, which nobody wants any more. */
  @Override
  public void close() {
    title.close();
    channel.close();
  }

  /** The request of a connection: its range, plus the stored bytes on either side to compare. */
  Fetch fetch(Effect.Open open) {
    ByteRange range = open.range();
    ByteRange asked =
        generation()
            .filter(_ -> open.terms().continues())
            .map(known ->
                new ByteRange(OverlapCheck.begin(known, open), OverlapCheck.end(known, open)))
            .orElse(range);
    return fetch(open.terms(), asked);
  }

  /**
   * The request for a range.
   *
   * @param asked ends at Long.MAX_VALUE for the end of the file
   */
  Fetch fetch(RequestTerms terms, ByteRange asked) {
    boolean isOpenEnded = asked.end() == Long.MAX_VALUE;
    return new Fetch(
        terms.link(),
        asked.start(),
        isOpenEnded ? OptionalLong.empty() : OptionalLong.of(asked.end()),
        validator(terms),
        /* ifNoneMatch= */ Optional.empty(),
        terms.agent().isEmpty() ? Map.of() : Map.of(Wish.AGENT, terms.agent()),
        terms.isTrusted(),
        terms.sendsRange(),
        terms.closes());
  }

  /** The validator that must still match when the stored file is continued. */
  private Optional<String> validator(RequestTerms terms) {
    return generation()
        .filter(_ -> terms.sendsIfRange())
        .map(Generation::facts)
        .flatMap(facts -> facts.strongValidator().or(facts::lastModified));
  }
}
