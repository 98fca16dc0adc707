package streamcache.trouble;

import java.time.Duration;
import java.util.Optional;

/**
 * Why a client is rejected, whatever its link leads to: one sentence for the client, and one for
 * the operator, which names the setting that would admit it.
 */
public enum Rejection {
  PUBLIC_CLIENT("asked from a public address; REQUIRE_SIGNED=off would let everybody ask"),
  HIDDEN_CLIENT(
      "came through a proxy that is not in TRUSTED_PROXIES, or that names no address we can read"),
  ALWAYS_SIGNED("REQUIRE_SIGNED=always takes signed and sealed links only"),
  CROSS_SITE(
      "a page of another site asked for a plain link; sealed and signed links may be used there"),
  EXPIRED("its time is over; streamcache link --expires makes one for longer"),
  PRIVATE_PAGE(
      "asked from outside; behind a reverse proxy, TRUSTED_PROXIES tells whose word counts"),
  TOO_MANY_STREAMS("has CLIENT_STREAMS answers under way already"),
  TOO_MANY_TITLES("has asked for CLIENT_NEW_TITLES titles within a minute");

  /** By then a stream may have ended, and a sixth of the titles of a minute may be begun. */
  private static final Duration SOON = Duration.ofSeconds(10);

  private final String hint;

  Rejection(String hint) {
    this.hint = hint;
  }

  /** The sentence for the operator. */
  public String hint() {
    return hint;
  }

  /**
   * The cause that the response states; reveals neither the exact rule nor how this server is set
   * up.
   */
  public Cause cause() {
    return switch (this) {
      case PUBLIC_CLIENT, HIDDEN_CLIENT, ALWAYS_SIGNED ->
          cause(
              "unsigned-link",
              "Plain links work only at home",
              "Anyone can write a plain link; ask the owner of this server for a sealed one"
                  + " (streamcache link URL).");
      case CROSS_SITE ->
          cause(
              "cross-site",
              "Blocked request from another site",
              "A page on another site requested a plain link in your name; open the link yourself or"
                  + " use a sealed one.");
      case EXPIRED ->
          cause(
              "expired-link",
              "This link has expired",
              "It was made for a limited time; ask the person who gave it to you for a new one.");
      case PRIVATE_PAGE ->
          cause(
              "private-page",
              "This page is for the local network",
              "It is available only on this server's own network.");
      case TOO_MANY_STREAMS ->
          tooMany(
              "too-many-streams",
              "Too many playbacks from your address",
              "Stop one of them or try again in a moment.");
      case TOO_MANY_TITLES ->
          tooMany(
              "too-many-titles",
              "Too many new titles",
              "Your address has started many titles within a minute; try again in a moment.");
    };
  }

  private static Cause tooMany(String label, String headline, String meaning) {
    return new Cause(429, label, headline, meaning, Optional.of(SOON));
  }

  private static Cause cause(String label, String headline, String meaning) {
    return new Cause(403, label, headline, meaning, Optional.empty());
  }
}
