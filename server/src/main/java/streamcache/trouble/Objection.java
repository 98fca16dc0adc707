package streamcache.trouble;

import java.time.Duration;
import java.util.Optional;

/**
 * Why an asker gets nothing, whatever the link leads to: one sentence for who asks, and one for the
 * operator, which names the setting that would let it through.
 */
public enum Objection {
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

  Objection(String hint) {
    this.hint = hint;
  }

  /** What the operator is told. */
  public String hint() {
    return hint;
  }

  /** What the asker is told; not which of the rules it met, nor how this server is set up. */
  public Cause cause() {
    return switch (this) {
      case PUBLIC_CLIENT, HIDDEN_CLIENT, ALWAYS_SIGNED ->
          cause(
              "unsigned-link",
              "This kind of link is not taken from here",
              "Anybody can write such a link; ask the owner of this server for a sealed one"
                  + " (streamcache link URL).");
      case CROSS_SITE ->
          cause(
              "cross-site",
              "Another site may not ask for this",
              "A page elsewhere asked for a plain link on your behalf; open the link yourself, or"
                  + " use a sealed one.");
      case EXPIRED ->
          cause(
              "expired-link",
              "This link has expired",
              "It was made for a limited time; ask whoever gave it to you for a new one.");
      case PRIVATE_PAGE ->
          cause(
              "private-page",
              "This page is for private addresses",
              "It is shown on this server's own network only.");
      case TOO_MANY_STREAMS ->
          tooMany(
              "too-many-streams",
              "Too much is playing at your address",
              "Stop something that plays there, or try again in a moment.");
      case TOO_MANY_TITLES ->
          tooMany(
              "too-many-titles",
              "Too many new titles were asked for",
              "Your address has begun many within a minute; try again in a moment.");
    };
  }

  private static Cause tooMany(String label, String headline, String meaning) {
    return new Cause(429, label, headline, meaning, Optional.of(SOON));
  }

  private static Cause cause(String label, String headline, String meaning) {
    return new Cause(403, label, headline, meaning, Optional.empty());
  }
}
