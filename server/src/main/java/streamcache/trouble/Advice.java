package streamcache.trouble;

import streamcache.origin.Failure;

/**
 * What the owner of this server can do about a failure: which command examines it, which setting
 * affects it. Shown on the error page, which anyone may see, so it reveals nothing about how this
 * server is set up. Pure.
 */
final class Advice {

  static final String BAD_LINK =
      "streamcache link --open LINK shows what a link contains or what is wrong with it.";

  private Advice() {}

  static String of(Failure failure) {
    return switch (failure) {
      case Failure.Gone _ ->
          "streamcache doctor LINK asks the provider again. With SEERR_URL set, lost titles are"
              + " reported to Seerr; streamcache seerr lists them.";
      case Failure.Denied _ ->
          "streamcache doctor LINK shows the provider's answer to this account. If the password has"
              + " changed, make new links.";
      case Failure.Limit _ ->
          "PROVIDER_MAX_CONNECTIONS limits how many connections this server uses; lower it if"
              + " other programs use the same account.";
      case Failure.Occupied _ ->
          "streamcache plays lists who plays now. If the provider allows more connections,"
              + " PROVIDER_MAX_CONNECTIONS permits them; ADMISSION=share begins a film although the"
              + " line is too slow for it.";
      case Failure.Busy _ ->
          "No setting affects this; streamcache doctor LINK asks the provider again.";
      case Failure.Broken _ ->
          "streamcache doctor LINK shows the provider's answer; the title-failed line in the log"
              + " says what was wrong with it.";
      case Failure.Unreachable _ ->
          "streamcache doctor LINK shows whether the name, the connection or the certificate"
              + " fails. DISABLE_SSL_VERIFY=1 accepts providers with an invalid certificate.";
      case Failure.Unverified _ ->
          "Without a certificate that is verified, anyone on the network path can read and change"
              + " the data.";
      case Failure.Slow _ ->
          "FIRST_BYTE_WITHIN limits how long a connected provider may take; streamcache doctor"
              + " LINK measures how long it takes.";
      case Failure.Fake _ ->
          "The title-failed line in the log says what the provider sent; streamcache doctor LINK"
              + " asks it again.";
      case Failure.Forbidden _ ->
          "The title-failed line in the log names the setting that would allow it: EGRESS_ALLOW,"
              + " EGRESS_DENY, ALLOWED_HOSTS or ALLOWED_REDIRECTS.";
      case Failure.OutOfRange _ ->
          "A player that keeps asking for these bytes remembers an older length of the file.";
      case Failure.Changed _ -> "No setting affects this; the next playback gets the new file.";
    };
  }
}
