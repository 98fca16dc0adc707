package streamcache.xtream;

import java.util.OptionalInt;
import streamcache.origin.Failure;

/** What a failed request means for an import. Pure. */
final class PanelFailure {

  private PanelFailure() {}

  /**
   * @param host of the panel
   */
  static PanelException of(Failure failure, String host) {
    String status = status(failure.upstreamStatus());
    return switch (failure) {
      case Failure.Denied _ ->
          PanelException.refused(
              host
                  + " refuses the user and the password, or this program"
                  + status
                  + "; check both, and if they are right, name the User-Agent of a player as AGENT"
                  + " in a block [provider "
                  + host
                  + "] of streamcache.conf.");
      case Failure.Gone _ ->
          PanelException.refused(
              host
                  + " has no panel at this address"
                  + status
                  + "; give its URL without a path, such as http://panel.example.org:8080.");
      case Failure.Forbidden _, Failure.Unverified _ ->
          PanelException.refused(host + " may not be asked: " + failure.detail() + ".");
      case Failure.Limit _, Failure.Occupied _ ->
          PanelException.passing("it says that there are too many requests" + status);
      case Failure.Busy _ -> PanelException.passing("it is busy" + status);
      case Failure.Unreachable _ ->
          PanelException.passing("it cannot be reached (" + failure.detail() + ")");
      case Failure.Slow _ -> PanelException.passing("it did not answer in time");
      case Failure.Broken _, Failure.Fake _, Failure.Changed _, Failure.OutOfRange _ ->
          PanelException.passing("its response was broken (" + failure.detail() + ")");
    };
  }

  private static String status(OptionalInt status) {
    return status.isPresent() ? " (status " + status.getAsInt() + ")" : "";
  }
}
