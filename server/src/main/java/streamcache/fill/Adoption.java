package streamcache.fill;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import streamcache.link.Link;
import streamcache.origin.Facts;
import streamcache.origin.Failure;
import streamcache.origin.OriginException;
import streamcache.schedule.AccountEvent;
import streamcache.schedule.Effect;
import streamcache.schedule.ValidatorUse;
import streamcache.schedule.WholeResponse;
import streamcache.store.Generation;
import streamcache.store.StoreException;

/**
 * Finds the generation that the response of a connection belongs to: the stored one, or a new one
 * that replaces it. Belongs to one connection and is used by its thread alone.
 */
final class Adoption {

  private final Machine machine;
  private final Effect.Open open;
  private final Fill fill;
  private final Source source;
  private final Yield brought;

  /** A part that is not shown to belong where it was requested; status 206 as one that says so. */
  static final Failure UNPLACED =
      new Failure.Broken(OptionalInt.of(206), "a part whose place nothing shows");

  /** As the account said when it opened the connection, until a sample has shown more. */
  private ValidatorUse validators;

  /** Whether a sample has shown that what is requested comes from its place in the stored file. */
  private boolean isProven;

  Adoption(Machine machine, Effect.Open open, Fill fill, Source source, Yield brought) {
    this.machine = machine;
    this.open = open;
    this.fill = fill;
    this.source = source;
    this.brought = brought;
    this.validators = open.terms().validators();
  }

  /**
   * Compares a sample of the stored file first, if an earlier response had other validators.
   *
   * @throws OriginException Changed if the provider has another file
   */
  void sample(SampleCheck.Opener opener) throws OriginException, StoreException {
    Optional<Generation> current = fill.generation();
    if (!open.terms().continues() || current.isEmpty()) {
      return;
    }
    if (open.terms().comparesFirst() && !OverlapCheck.hasBefore(current.get(), open)) {
      isProven = new PlaceCheck(current.get()).compare(opener) == PlaceCheck.Finding.SAME_BYTES;
    }
    if (validators != ValidatorUse.DISPUTED) {
      return;
    }
    switch (new SampleCheck(current.get()).compare(opener)) {
      case SAME_BYTES -> refuted();
      case SAME_VALIDATOR -> {}
      case OTHER_FILE -> {
        mayBegin("the bytes differ");
        throw doubted("the bytes differ");
      }
    }
  }

  /** Describes a response with the whole file, of which a range was requested. */
  WholeResponse whole(Facts facts, boolean hadIfRange) {
    Optional<Generation> current = fill.generation();
    boolean hasChanged =
        current.isEmpty()
            || SpliceGuard.objection(current.get(), facts, validators).isPresent()
            || SpliceGuard.isSilent(current.get(), facts, validators);
    return new WholeResponse(hadIfRange && !hasChanged, facts.ranges(), isDisputed(facts));
  }

  /** How many bytes, from {@code position} on, {@link #adopt} has to see. */
  long wanted(Facts facts, long position) {
    // A whole file in response to a range request begins elsewhere.
    long before = Math.max(0, open.range().start() - position);
    long overlap = before <= open.overlap() ? before : 0;
    if (!isDisputed(facts) && !isUnproven(facts)) {
      return overlap;
    }
    Generation generation = fill.generation().orElseThrow();
    long stored = generation.present().presentUntil(position) - position;
    return Math.max(overlap, Math.min(stored, SampleCheck.enough(generation)));
  }

  /**
   * The generation that the response belongs to.
   *
   * @param position where the response begins
   * @param first its first bytes, in a buffer that is being filled
   * @return empty if the validators suggest another file and the response does not show whether it
   *     is one: it is given up, and the account compares a sample
   */
  Optional<Generation> adopt(Facts facts, long position, ByteBuffer first) throws OriginException {
    Optional<Generation> current = fill.generation();
    if (current.isEmpty()) {
      return Optional.of(begin(facts, position, first, ""));
    }
    Generation generation = current.get();
    OverlapCheck overlap = overlap(generation, facts);
    Optional<String> objection = SpliceGuard.objection(generation, facts, validators);
    boolean isEqual = overlap.fits(position, first.duplicate().flip());
    if (!facts.isPlaced() && (objection.isPresent() || !isEqual)) {
      throw new OriginException(UNPLACED);
    }
    if (objection.isEmpty() && !isEqual) {
      machine.on(new AccountEvent.ConnectionMismatched(open.connection()));
      objection = Optional.of("the bytes differ");
    }
    if (objection.isEmpty() && open.support().isMixed()) {
      objection = Optional.of("the bytes differed");
    }
    if (objection.isEmpty() && isDisputed(facts)) {
      if (overlap.equal() >= SampleCheck.enough(generation)) {
        refuted();
      } else if (open.terms().continues()) {
        return disputed();
      } else {
        objection = Optional.of("the validator differs");
      }
    }
    if (objection.isEmpty() && isUnproven(facts) && overlap.equal() < enough(generation)) {
      if (mayCompareFirst()) {
        machine.on(new AccountEvent.PlaceDoubted(fill.title().key()));
        return Optional.empty();
      }
      if (!facts.isPlaced()) {
        throw new OriginException(UNPLACED);
      }
      objection = Optional.of("nothing shows that it is the same file");
    }
    return Optional.of(
        objection.isEmpty() ? generation : begin(facts, position, first, objection.get()));
  }

  /** Whether only a comparison can show that the response is a part of the stored file. */
  private boolean isUnproven(Facts facts) {
    return !isProven
        && fill.generation()
            .filter(known -> !facts.isPlaced() || SpliceGuard.isSilent(known, facts, validators))
            .isPresent();
  }

  /** How many equal bytes show that: as many as are compared at any join. */
  private long enough(Generation generation) {
    return Math.min(open.overlap(), SampleCheck.enough(generation));
  }

  /** Whether the next connection may compare bytes before it requests the part again. */
  private boolean mayCompareFirst() {
    boolean isNext = open.terms().continues() && !open.terms().comparesFirst();
    return isNext && open.support().hasRanges();
  }

  /** The comparison of the connection's bytes with those of its generation. */
  OverlapCheck overlap(Generation generation, Facts facts) {
    boolean isVouched = facts.isPlaced() && SpliceGuard.isVouched(generation, facts, validators);
    return new OverlapCheck(generation, isVouched, open.overlap());
  }

  private boolean isDisputed(Facts facts) {
    return fill.generation()
        .filter(generation -> SpliceGuard.isDisputed(generation, facts, validators))
        .isPresent();
  }

  private void refuted() {
    validators = ValidatorUse.IGNORED;
    machine.on(new AccountEvent.ValidatorsRefuted(fill.title().key()));
  }

  private Optional<Generation> disputed() throws OriginException {
    if (open.terms().validators() == ValidatorUse.DISPUTED) {
      // The sample came with the stored validator: an attempt like any other that brings nothing.
      throw new OriginException(
          new Failure.Broken(OptionalInt.empty(), "another validator each time"));
    }
    machine.on(new AccountEvent.ValidatorsDiffered(fill.title().key()));
    return Optional.empty();
  }

  private Generation begin(Facts facts, long position, ByteBuffer first, String objection)
      throws OriginException {
    Optional<Generation> current = fill.generation();
    if (current.isPresent() && SpliceGuard.isStub(current.get().total(), facts.total())) {
      throw new OriginException(
          new Failure.Fake(OptionalInt.empty(), "far shorter than the known length of the title"));
    }
    mayBegin(objection);
    if (position > 0) {
      // Only the beginning of a file shows whether it is media; slices of other files must not be
      // served.
      throw doubted(objection);
    }
    Generation generation = begun(facts, first.duplicate().flip());
    if (current.isPresent()) {
      brought.isNoProgress();
    }
    fill.headLook().atFirst(first.duplicate().flip());
    machine.on(new AccountEvent.FileBegun(open.connection()));
    current.ifPresent(Generation::wake);
    return generation;
  }

  /** Only the first generation can be an old file: another one replaces bytes that were newer. */
  private Generation begun(Facts facts, ByteBuffer first) {
    Link link = open.terms().link();
    return fill.title().generation().isEmpty()
        ? source.begin(fill.title(), facts, link, first)
        : fill.title().begin(source.facts(facts, link, first));
  }

  private void mayBegin(String objection) throws OriginException {
    if (!machine.<Boolean>ask(rules -> rules.mayBegin(open.connection()))) {
      String reason = objection.isEmpty() ? "another response came first" : objection;
      throw new OriginException(new Failure.Changed(OptionalInt.empty(), reason));
    }
  }

  private OriginException doubted(String objection) {
    machine.on(new AccountEvent.FileDoubted(open.connection()));
    return new OriginException(new Failure.Changed(OptionalInt.empty(), objection));
  }
}
