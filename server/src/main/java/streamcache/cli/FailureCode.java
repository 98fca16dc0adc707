package streamcache.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import streamcache.link.SafeText;
import streamcache.origin.Failure;

/**
 * A failure as the value of a header field, by which a server tells a command of this program why a
 * provider did not answer: kind, status, seconds to wait, detail. Pure.
 */
final class FailureCode {

  static final String FIELD = "Streamcache-Failure";

  private static final Pattern WRITTEN =
      Pattern.compile("([a-z-]+) ([0-9]{1,3}|-) ([0-9]{1,9}|-) (.*)");

  private FailureCode() {}

  static String of(Failure failure) {
    String kind =
        switch (failure) {
          case Failure.Gone _ -> "gone";
          case Failure.Denied _ -> "denied";
          case Failure.Limit _ -> "limit";
          case Failure.Occupied _ -> "occupied";
          case Failure.Busy _ -> "busy";
          case Failure.Unreachable _ -> "unreachable";
          case Failure.Slow _ -> "slow";
          case Failure.Forbidden _, Failure.Unverified _ -> "forbidden";
          case Failure.Broken _, Failure.Fake _, Failure.Changed _, Failure.OutOfRange _ ->
              "broken";
        };
    OptionalInt status = failure.upstreamStatus();
    return "%s %s %s %s"
        .formatted(
            kind,
            status.isPresent() ? "" + status.getAsInt() : "-",
            failure.retryAfter().map(wait -> "" + wait.toSeconds()).orElse("-"),
            SafeText.of(failure.detail()).replaceAll("[^ -~]", "?"));
  }

  /** Broken if the text is none of {@link #of}. */
  static Failure read(String text) {
    Matcher parts = WRITTEN.matcher(text);
    if (!parts.matches()) {
      return new Failure.Broken(OptionalInt.empty(), "unknown failure");
    }
    OptionalInt status =
        parts.group(2).equals("-")
            ? OptionalInt.empty()
            : OptionalInt.of(Integer.parseInt(parts.group(2)));
    Optional<Duration> wait =
        Optional.of(parts.group(3))
            .filter(seconds -> !seconds.equals("-"))
            .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
    String detail = parts.group(4);
    return switch (parts.group(1)) {
      case "gone" -> new Failure.Gone(status, detail);
      case "denied" -> new Failure.Denied(status, detail);
      case "limit" -> new Failure.Limit(status, detail, wait);
      case "occupied" -> new Failure.Occupied(status, detail);
      case "busy" -> new Failure.Busy(status, detail, wait);
      case "unreachable" -> new Failure.Unreachable(status, detail);
      case "slow" -> new Failure.Slow(status, detail);
      case "forbidden" -> new Failure.Forbidden(status, detail);
      default -> new Failure.Broken(status, detail);
    };
  }
}
