package streamcache.schedule;

/** What the connections of a title will deliver, as far as known. */
final class Supply {

  /** The size of a few writes of a connection. */
  static final long NEXT_BYTES = 1 << 20;

  private Supply() {}

  /** Whether a connection that delivers bytes will reach {@code position}. */
  static boolean comes(TrackedTitle title, long position) {
    return title.connections().stream()
        .anyMatch(connection -> connection.hasAnswered() && connection.position() <= position);
  }

  /** Whether a connection that delivers bytes will deliver those at {@code position} next. */
  static boolean comesNext(TrackedTitle title, long position) {
    for (TrackedConnection connection : title.connections()) {
      long gap = position - connection.position();
      boolean isNear = gap >= 0 && gap <= NEXT_BYTES && position < connection.limit();
      if (isNear && connection.hasAnswered() && !connection.isClosing()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a connection whose provider has not yet sent a byte is to deliver those at {@code
   * position}.
   */
  static boolean isSilent(TrackedTitle title, long position) {
    boolean isKnown = title.stored().isKnown();
    return title.connections().stream()
        .filter(TrackedConnection::isSilent)
        .anyMatch(connection ->
            !isKnown || (connection.start() <= position && position < connection.limit()));
  }
}
