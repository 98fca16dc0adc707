package streamcache.link;

import java.util.Map;

/**
 * A decoded link: what to fetch, on whose account, and what to call it.
 *
 * @param url the original URL, without userinfo and fragment
 * @param source the original URL with its userinfo: what the link can be made from again
 * @param key identifies the title; equal for every spelling of the same URL
 * @param account what the provider counts
 * @param headers request headers the link asks for, lower-case names of the allow-list (user-agent,
 *     referer, origin, cookie, authorization); values free of CR and LF. Userinfo of the URL is
 *     here as authorization
 * @param name the name people see: the cosmetic last path element of the link, else the last path
 *     element of the URL, percent-decoded; never empty
 */
public record Link(
    SafeUrl url,
    SafeUrl source,
    TitleKey key,
    AccountId account,
    Map<String, String> headers,
    String name) {

  public Link {
    headers = Map.copyOf(headers);
  }

  /**
   * Whether the URL has the shape of an Xtream panel ({@code /movie/USER/PASS/..}), whose accounts
   * usually allow a single connection.
   */
  public boolean isXtream() {
    return Xtream.isUrl(url.reveal());
  }

  /** What must not become a name on a page, in a log or on the disk. Worked out anew each time. */
  public Secrets secrets() {
    return Original.of(this).secrets();
  }

  /** Without URL and header values, which hold secrets. */
  @Override
  public String toString() {
    return "Link[" + key.brief() + " at " + url.host() + "]";
  }
}
