package streamcache.schedule;

/**
 * What is assumed about a provider's file: whether it is still the stored one, and whether ranges
 * of it can be requested, and how. Belongs to a title, whose connections read the public part.
 */
public final class RangeSupport {

  /**
   * A response from the middle belonged to another file than the stored bytes. Nothing is known
   * about that file until it has been requested from its beginning.
   */
  private boolean doubted;

  /** The facts of the provider's file match those of the stored file, but its bytes do not. */
  private volatile boolean mixed;

  /**
   * Cleared when ranges of this title do not fit together, or when the settings say that the
   * provider supports none.
   */
  private volatile boolean coherent;

  /**
   * The last range request returned the whole file; one such response says little about the next.
   */
  private volatile boolean ignored;

  /**
   * A response had other validators than the stored file: stored bytes are compared before any
   * others are joined with them.
   */
  private boolean disputed;

  /**
   * Nothing in a response showed where its bytes belong: stored bytes are requested with each part,
   * or before it, and compared.
   */
  private boolean placeDoubted;

  /** A range with an If-Range was answered with the whole file: the next one carries none. */
  private boolean unconditional;

  /**
   * A request was refused, maybe because of its Range: the next one carries none, and if that
   * works, no later one does.
   */
  private volatile boolean refused;

  /** Whether the account knows that it worked. */
  private boolean isShown;

  private final ValidatorTrust trust;
  private final RangeRefusals refusals;

  /**
   * The next request carries a Range although the account has learned that they are refused. Over
   * after any failure: whatever it was due to, the title can be played without ranges.
   */
  private volatile boolean checks;

  /**
   * @param trust how far the validators of its account are trusted
   * @param refusals whether its account sends ranges
   */
  RangeSupport(ValidatorTrust trust, RangeRefusals refusals, long now) {
    this.checks = refusals.isRechecked(now);
    this.coherent = refusals.areExpected();
    this.trust = trust;
    this.refusals = refusals;
  }

  /** Whether a range can be requested by itself. Any thread, no lock. */
  public boolean hasRanges() {
    return coherent && !ignored && sendsRange();
  }

  /** Whether the next request carries a Range. */
  boolean sendsRange() {
    return !refused && (checks || refusals.sendsRange());
  }

  /** Whether requests carry no Range because one that did was refused. */
  boolean hasOmittedRange() {
    return refused;
  }

  /** A request was refused, maybe because of its Range. */
  void rangeRefused() {
    refused = true;
  }

  /** A request with a Range failed. */
  void checkFailed() {
    checks = false;
  }

  /** The request without a Range was refused as well, so that the cause is another. */
  void refusedAnyway() {
    refused = false;
  }

  /** A request was accepted. */
  void accepted(RequestTerms terms) {
    if (terms.sendsRange()) {
      refusals.accepted();
    } else if (refused && !isShown) {
      isShown = true;
      refusals.givenWithout();
    }
  }

  boolean isDoubted() {
    return doubted;
  }

  /** Whether the next response begins a new generation, whatever its facts. Any thread, no lock. */
  public boolean isMixed() {
    return mixed;
  }

  /** The provider now has another file. */
  void doubt() {
    doubted = true;
    disputed = false;
  }

  /** The validators of a response differ from those of the stored file. */
  void validatorsDiffered() {
    disputed = !doubted;
  }

  void placeDoubted() {
    placeDoubted = true;
  }

  boolean comparesFirst() {
    return placeDoubted && sendsRange();
  }

  /** Those validators came with the bytes of the stored file. */
  void validatorsRefuted() {
    disputed = false;
    trust.refuted();
  }

  /** What the validators of the next response are taken to show. */
  ValidatorUse validators() {
    ValidatorUse use = trust.use(disputed);
    // A validator says nothing about the place.
    return placeDoubted && use.vouches() ? ValidatorUse.IGNORED : use;
  }

  /** Whether the next range request carries the validator of the stored file as If-Range. */
  boolean sendsIfRange() {
    boolean isUseful = sendsRange() && trust.sendsIfRange();
    return isUseful && !doubted && !unconditional && validators().vouches();
  }

  /**
   * Whether a range that was answered with the whole file is requested again without If-Range,
   * which may be the cause. That is done at most once: the next request carries none.
   */
  boolean asksAgain(WholeResponse response) {
    boolean isToBlame =
        response.mayBeForIfRange() && trust.mayBlameIfRange(response.offersRanges());
    if (isToBlame && response.isDisputed()) {
      validatorsDiffered();
    } else if (isToBlame) {
      unconditional = true;
    }
    return isToBlame;
  }

  /** A range from the middle of the file was requested without If-Range, and was given. */
  void gaveRangeUnconditionally() {
    if (unconditional) {
      trust.ifRangeDefeatsRanges();
    }
  }

  /** The provider's file is shorter than the stored one. */
  void shortened() {
    doubted = true;
    coherent = false;
  }

  /**
   * The provider sends another file on each request: the running connection stays the only source.
   */
  void differsEachTime() {
    coherent = false;
  }

  /**
   * A connection's bytes differ from the stored ones where they overlap.
   *
   * @param isAlone whether no other connection delivers the stored file, so that the title starts
   *     over
   */
  void mismatched(boolean isAlone) {
    coherent = false;
    mixed = isAlone;
    doubted |= isAlone;
  }

  /** The running connection delivers the whole file, whatever was requested. */
  void ignoresRanges() {
    ignored = true;
  }

  /** No connection is open any more. The next one requests a range again, which costs nothing. */
  void allEnded() {
    ignored = false;
  }

  /**
   * A connection delivers the stored file, or the file that has replaced it.
   *
   * @param isUnconditionalRange whether a range was requested without If-Range, and is given
   */
  void answered(RequestTerms terms, boolean isUnconditionalRange) {
    if (isUnconditionalRange) {
      gaveRangeUnconditionally();
    }
    accepted(terms);
    doubted = false;
  }

  void begun() {
    mixed = false;
  }
}
