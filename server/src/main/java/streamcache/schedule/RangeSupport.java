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

  /** A range with an If-Range was answered with the whole file: the next one carries none. */
  private boolean unconditional;

  private final ValidatorTrust trust;

  /**
   * @param ranges whether the provider supports ranges, according to the settings
   * @param trust how far the validators of its account are trusted
   */
  RangeSupport(boolean ranges, ValidatorTrust trust) {
    this.coherent = ranges;
    this.trust = trust;
  }

  /** Whether a range can be requested by itself. Any thread, no lock. */
  public boolean hasRanges() {
    return coherent && !ignored;
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

  /** Those validators came with the bytes of the stored file. */
  void validatorsRefuted() {
    disputed = false;
    trust.refuted();
  }

  /** What the validators of the next response are taken to show. */
  ValidatorUse validators() {
    return trust.use(disputed);
  }

  /** Whether the next range request carries the validator of the stored file as If-Range. */
  boolean sendsIfRange() {
    return !doubted && !unconditional && validators().vouches() && trust.sendsIfRange();
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

  /** A connection delivers the stored file, or the file that has replaced it. */
  void answered() {
    doubted = false;
  }

  void begun() {
    mixed = false;
  }
}
