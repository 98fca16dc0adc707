package streamcache.playback;

import streamcache.origin.Failure;

/** Nothing was sent yet and nothing will be: the caller answers with the cause. */
final class Refusal extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  Refusal(Failure failure) {
    super(failure.detail(), null, /* enableSuppression= */ false, /* writableStackTrace= */ false);
    this.failure = failure;
  }

  Failure failure() {
    return failure;
  }
}
