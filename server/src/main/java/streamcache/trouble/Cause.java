package streamcache.trouble;

import java.time.Duration;
import java.util.Optional;
import streamcache.origin.Failure;

/**
 * How a failure is presented to clients, logs and metrics.
 *
 * @param status sent to the player if nothing else has been sent
 * @param label metric label and problem type, stable, kebab-case
 * @param headline a few words for a person
 * @param meaning one sentence that says what it means for the viewer and what to do
 * @param retryAfter when to retry, if that is known
 */
public record Cause(
    int status, String label, String headline, String meaning, Optional<Duration> retryAfter) {

  private static final Duration SOON = Duration.ofSeconds(10);

  /** The only place where failures are mapped to causes (http-contract section 4). */
  public static Cause of(Failure failure) {
    return switch (failure) {
      case Failure.Gone gone ->
          cause(
              gone.upstreamStatus().orElse(404) == 410 ? 410 : 404,
              "gone",
              "The provider no longer has this title",
              "It was removed or its address has changed; look for another copy in the library.");
      case Failure.Denied _ ->
          cause(
              502,
              "denied",
              "The provider refused the account",
              "The subscription may have ended or the password changed; check the account.");
      case Failure.Limit limit ->
          later(
              limit.retryAfter(),
              "limit",
              "The account is in use elsewhere",
              "The provider allows no further connection, and no viewer of this server has one; stop"
                  + " what else uses the account, or try again in a minute.");
      case Failure.Occupied _ ->
          later(
              Optional.empty(),
              "occupied",
              "Another viewer here uses the account",
              "Other viewers of this server have all that the provider gives; stop one of them, or"
                  + " try again when one has finished.");
      case Failure.Busy busy ->
          later(
              busy.retryAfter(),
              "busy",
              "The provider is busy",
              "It is overloaded at the moment; try again in a minute.");
      case Failure.Broken _ ->
          cause(
              502,
              "broken",
              "The provider's answer is broken",
              "The connection was cut or the response is invalid; try again, and if it fails again,"
                  + " tell the provider.");
      case Failure.Unreachable _ ->
          cause(
              502,
              "unreachable",
              "The provider cannot be reached",
              "Its name does not resolve, its server or certificate fails, or this network has no way"
                  + " out; try again later.");
      case Failure.Unverified unverified ->
          cause(
              502,
              "unverified",
              "The provider's certificate is not valid",
              "This server rejects it: " + unverified.detail() + ".");
      case Failure.Slow _ ->
          cause(
              504,
              "slow",
              "The provider takes too long",
              "It did not answer in time; try again in a minute.");
      case Failure.Fake _ ->
          cause(
              502,
              "fake",
              "The provider sent something that is not a film",
              "It sent a web page or a placeholder instead of the title; try again later.");
      case Failure.Forbidden _ ->
          cause(
              403,
              "forbidden",
              "This address is blocked",
              "The settings of this server block it; the log names the setting to change.");
      case Failure.OutOfRange _ ->
          cause(
              416,
              "out-of-range",
              "Beyond the end of the title",
              "The player asked for bytes beyond the end of the file.");
      case Failure.Changed _ ->
          cause(
              502,
              "changed",
              "The provider's file has changed",
              "This playback cannot continue; start the title again to get the new file.");
    };
  }

  /** A request that names no title. */
  static Cause badLink(String sentence) {
    return cause(400, "bad-link", "This link cannot be used", sentence);
  }

  private static Cause cause(int status, String label, String headline, String meaning) {
    return new Cause(status, label, headline, meaning, Optional.empty());
  }

  private static Cause later(
      Optional<Duration> when, String label, String headline, String meaning) {
    return new Cause(503, label, headline, meaning, Optional.of(when.orElse(SOON)));
  }
}
