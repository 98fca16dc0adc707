package streamcache.trouble;

import streamcache.origin.Failure;

/**
 * What the owner of this server can do about a failure: which command examines it, which setting
 * affects it. Shown on the error page, which anyone may see, so it reveals nothing about how this
 * server is set up. Pure.
 */
final class Advice {

  static final String BAD_LINK =
      "streamcache link --open LINK tells what a link is and what is wrong with it.";

  private Advice() {}

  static String of(Failure failure) {
    return switch (failure) {
      case Failure.Gone _ ->
          "streamcache doctor LINK asks the provider once more. With SEERR_URL set, Seerr is asked"
              + " for another copy; streamcache seerr lists what it was asked.";
      case Failure.Denied _ ->
          "streamcache doctor LINK shows what the provider says to this account. A new password needs"
              + " new links.";
      case Failure.Limit _ ->
          "PROVIDER_MAX_CONNECTIONS is how many connections this server may use; lower it when"
              + " other programs use the same account.";
      case Failure.Busy _ -> "Nothing is to be set here; streamcache doctor LINK asks once more.";
      case Failure.Broken _ ->
          "streamcache doctor LINK shows what the provider answers; title-failed in the log says"
              + " what was wrong with it.";
      case Failure.Unreachable _ ->
          "streamcache doctor LINK tells whether it is the name, the connection or the"
              + " certificate. DISABLE_SSL_VERIFY=1 takes providers with a bad certificate.";
      case Failure.Slow _ ->
          "FIRST_BYTE_WITHIN is how long a connected provider is waited for; streamcache doctor"
              + " LINK measures how long it takes.";
      case Failure.Fake _ ->
          "title-failed in the log says what came in place of the film; streamcache doctor LINK"
              + " asks once more.";
      case Failure.Forbidden _ ->
          "title-failed in the log names the setting that would allow it: EGRESS_ALLOW,"
              + " EGRESS_DENY, ALLOWED_HOSTS or ALLOWED_REDIRECTS.";
      case Failure.OutOfRange _ ->
          "A player that goes on asking for this holds an older copy of the file's facts.";
      case Failure.Changed _ -> "Nothing is to be set here; the next play gets the new file.";
    };
  }
}
