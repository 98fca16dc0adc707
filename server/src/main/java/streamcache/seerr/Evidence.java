package streamcache.seerr;

import streamcache.origin.Failure;

/** What one failure says of a title. */
enum Evidence {
  /** The provider itself says that it is gone for good. */
  GONE,
  /** It is the title that fails; often enough, that is for good, too. */
  FAULT,
  /**
   * It is about the account, the provider or the way to it: mending the title would mend nothing.
   */
  NONE;

  static Evidence of(Failure failure) {
    return switch (failure) {
      case Failure.Gone _ -> GONE;
      case Failure.Broken _, Failure.Fake _ -> FAULT;
      case Failure.Denied _,
          Failure.Limit _,
          Failure.Busy _,
          Failure.Unreachable _,
          Failure.Slow _,
          Failure.Forbidden _,
          Failure.OutOfRange _,
          Failure.Changed _ ->
          NONE;
    };
  }
}
