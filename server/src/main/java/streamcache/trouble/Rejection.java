package streamcache.trouble;

import java.time.Duration;
import java.util.Optional;

/**
 * Why a client is rejected, whatever its link leads to: one sentence for the client, and one for
 * the operator, which names the setting that would admit it.
 */
public enum Rejection {
  PUBLIC_CLIENT(
      "the client has a public address; REQUIRE_SIGNED=off accepts plain links from everybody"),
  HIDDEN_CLIENT("the client's proxy is not in TRUSTED_PROXIES, or reports no valid client address"),
  ALWAYS_SIGNED("REQUIRE_SIGNED=always accepts only signed and sealed links"),
  CROSS_SITE("a page on another site requested a plain link; use a signed or sealed link there"),
  EXPIRED("the link has expired; streamcache link --expires makes one that lasts longer"),
  PRIVATE_PAGE(
      "the client is not on the local network; behind a reverse proxy, set TRUSTED_PROXIES"),
  TOO_MANY_STREAMS("the client already has CLIENT_STREAMS responses in progress"),
  TOO_MANY_TITLES("the client has requested CLIENT_NEW_TITLES new titles within a minute");

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
