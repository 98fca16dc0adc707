package streamcache.xtream;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a panel says about an account. Pure.
 *
 * @param accepted whether it accepts user and password; empty if it does not say
 * @param status such as Active, Expired, Banned or Disabled; an empty string if unknown
 * @param expires when the subscription ends; empty if it does not
 * @param connections how many connections are allowed; empty if unknown or unlimited
 */
record AccountInfo(
    Optional<Boolean> accepted, String status, Optional<Instant> expires, OptionalInt connections) {

  static final AccountInfo UNKNOWN =
      new AccountInfo(Optional.empty(), "", Optional.empty(), OptionalInt.empty());

  /** A larger number is no limit of a subscription; also the most that the settings accept. */
  private static final int MOST_CONNECTIONS = 64;

  static AccountInfo of(PanelItem user) {
    OptionalLong most = user.number("max_connections");
    OptionalLong end = user.number("exp_date");
    return new AccountInfo(
        user.first("auth").map(value -> value.equals("1") || value.equalsIgnoreCase("true")),
        user.text("status"),
        end.isPresent() ? instant(end.getAsLong()) : Optional.empty(),
        most.isPresent() && most.getAsLong() > 0 && most.getAsLong() <= MOST_CONNECTIONS
            ? OptionalInt.of((int) most.getAsLong())
            : OptionalInt.empty());
  }

  /** Why nothing can be imported, worded to follow the name of the panel; empty if it can. */
  Optional<String> objection(Instant now) {
    if (accepted.filter(isAccepted -> !isAccepted).isPresent()) {
      return Optional.of("does not accept this user and password.");
    }
    if (expires.filter(end -> end.isBefore(now)).isPresent()) {
      String day = expires.get().atZone(ZoneOffset.UTC).toLocalDate().toString();
      return Optional.of("says that the subscription ended on " + day + ".");
    }
    return switch (status.toLowerCase(Locale.ROOT)) {
      case "expired", "banned", "disabled" ->
          Optional.of("says that the account is " + status.toLowerCase(Locale.ROOT) + ".");
      default -> Optional.empty();
    };
  }

  private static Optional<Instant> instant(long seconds) {
    try {
      return seconds > 0 ? Optional.of(Instant.ofEpochSecond(seconds)) : Optional.empty();
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
