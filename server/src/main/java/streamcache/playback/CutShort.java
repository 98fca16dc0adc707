package streamcache.playback;

/** A body in progress cannot be completed; the player's connection must be cut, not ended. */
final class CutShort extends Exception {

  private static final long serialVersionUID = 1L;

  CutShort(String reason) {
    super(reason, null, /* enableSuppression= */ false, /* writableStackTrace= */ false);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
