package streamcache.fill;

/**
 * What is believed of a provider's file: whether it is still the stored one, and whether stretches
 * of it can be had. Belongs to a fill; guarded by the account's lock unless said otherwise.
 */
final class Belief {

  /**
   * An answer from the middle was of another file than the stored bytes: nothing is known of that
   * one until it was asked for its beginning.
   */
  private boolean doubted;

  /** The provider's file agrees in its head with the stored one and not in its bytes. */
  private volatile boolean mixed;

  /** Cleared when stretches of this title do not fit together, or are set not to be had. */
  private volatile boolean coherent;

  /** The last stretch was answered with the whole; one such answer says little about the next. */
  private volatile boolean ignored;

  /**
   * @param ranges whether the provider gives stretches, as far as it is set
   */
  Belief(boolean ranges) {
    this.coherent = ranges;
  }

  /** Any thread, no lock: whether a stretch can be had by itself. */
  boolean hasRanges() {
    return coherent && !ignored;
  }

  boolean isDoubted() {
    return doubted;
  }

  /** Any thread, no lock: whether the next answer begins a new generation, whatever its head. */
  boolean isMixed() {
    return mixed;
  }

  /** The provider has another file now. */
  void doubt() {
    doubted = true;
  }

  /** The provider's file is too short for the stored one. */
  void shortened() {
    doubted = true;
    coherent = false;
  }

  /** Another file on each call: the running connection stays the only source. */
  void differsEachTime() {
    coherent = false;
  }

  /**
   * What a connection brings is not what is stored where both meet.
   *
   * @param isAlone whether no other one brings the stored file, so that the title begins anew
   */
  void mismatched(boolean isAlone) {
    coherent = false;
    mixed = isAlone;
    doubted |= isAlone;
  }

  /** The running connection brings the whole, whatever it was asked for. */
  void ignoresRanges() {
    ignored = true;
  }

  /** No connection is open any more: the next one asks for a stretch again, which costs nothing. */
  void allEnded() {
    ignored = false;
  }

  /** A connection brings the stored file, or that which has taken its place. */
  void answered() {
    doubted = false;
  }

  void begun() {
    mixed = false;
  }
}
