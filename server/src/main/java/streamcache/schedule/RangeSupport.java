package streamcache.schedule;

/**
 * What is assumed about a provider's file: whether it is still the stored one, and whether ranges
 * of it can be requested. Belongs to a title, whose connections read the public part.
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
   * @param ranges whether the provider supports ranges, according to the settings
   */
  RangeSupport(boolean ranges) {
    this.coherent = ranges;
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
