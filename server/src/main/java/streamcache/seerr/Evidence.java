package streamcache.seerr;

import streamcache.origin.Failure;

/** What one failure says about a title. */
enum Evidence {
  /** The provider itself says that the title is permanently gone. */
  GONE,
  /** The title itself fails; enough of these failures count as permanent. */
  FAULT,
  /** The account, the provider or the path to it fails: replacing the title would not help. */
  NONE;

  static Evidence of(Failure failure) {
    return switch (failure) {
      case Failure.Gone _ -> GONE;
      case Failure.Broken _, Failure.Fake _ -> FAULT;
      case Failure.Denied _,
          Failure.Limit _,
          Failure.Occupied _,
          Failure.Busy _,
          Failure.Unreachable _,
          Failure.Unverified _,
          Failure.Slow _,
          Failure.Forbidden _,
          Failure.OutOfRange _,
          Failure.Changed _ ->
          NONE;
    };
  }
}
