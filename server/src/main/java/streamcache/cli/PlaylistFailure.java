package streamcache.cli;

import java.util.OptionalInt;
import streamcache.origin.Failure;

/** What a failed request for a playlist means, and what to do. Pure. */
final class PlaylistFailure {

  private PlaylistFailure() {}

  /** Ends a sentence that says which playlist it is. */
  static String words(Failure failure) {
    String status = status(failure.upstreamStatus());
    return switch (failure) {
      case Failure.Gone _ -> "the provider has none at this address" + status + "; check the URL.";
      case Failure.Denied _ ->
          "the provider refuses the account"
              + status
              + "; check user and password in the URL, and whether the subscription has ended.";
      case Failure.Limit _, Failure.Occupied _ ->
          "the provider says that there are too many connections or requests"
              + status
              + "; try again when nobody plays.";
      case Failure.Busy _ -> "the provider is overloaded" + status + "; try again in a minute.";
      case Failure.Unreachable _ ->
          "the provider cannot be reached (" + failure.detail() + "); try again later.";
      case Failure.Slow _ -> "the provider did not answer in time; try again later.";
      case Failure.Unverified _, Failure.Forbidden _ -> failure.detail() + ".";
      case Failure.Broken _, Failure.Fake _, Failure.Changed _, Failure.OutOfRange _ ->
          "its transfer failed (" + failure.detail() + "); try again, or load it into a file.";
    };
  }

  private static String status(OptionalInt status) {
    return status.isPresent() ? " (status " + status.getAsInt() + ")" : "";
  }
}
