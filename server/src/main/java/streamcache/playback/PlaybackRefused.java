package streamcache.playback;

import streamcache.origin.Failure;

/** Nothing has been sent and nothing will be: the caller responds with the cause. */
final class PlaybackRefused extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  PlaybackRefused(Failure failure) {
    super(failure.detail(), null, /* enableSuppression= */ false, /* writableStackTrace= */ false);
    this.failure = failure;
  }

  Failure failure() {
    return failure;
  }
}
