package streamcache.link;

import java.util.List;
import java.util.Map;

/**
 * A decoded link: what to fetch, on which account, and under which name.
 *
 * @param url the original URL, without userinfo and fragment
 * @param source the original URL with its userinfo, from which the link can be made again
 * @param key identifies the title; equal for every spelling of the same URL
 * @param account the account by which the provider counts connections
 * @param headers request headers that the link sets, with lower-case names from the allow-list
 *     (user-agent, referer, origin, cookie, authorization); values are free of CR and LF. Userinfo
 *     of the URL appears as authorization
 * @param name the displayed name: the cosmetic last path element of the link, else the last path
 *     element of the URL, percent-decoded, else the host; never empty
 * @param isSaidLive whether the link says beside its URL that the title has no end
 * @param isUnverified whether the link asks not to verify the provider's certificate; only the
 *     settings decide whether it is
 */
public record Link(
    HttpUrl url,
    HttpUrl source,
    TitleKey key,
    AccountId account,
    Map<String, String> headers,
    String name,
    boolean isSaidLive,
    boolean isUnverified) {

  public Link {
    headers = Map.copyOf(headers);
  }

  /** A link that says nothing beside its URL. */
  public Link(
      HttpUrl url,
      HttpUrl source,
      TitleKey key,
      AccountId account,
      Map<String, String> headers,
      String name) {
    this(
        url,
        source,
        key,
        account,
        headers,
        name,
        /* isSaidLive= */ false,
        /* isUnverified= */ false);
  }

  /**
   * Whether the URL has the shape of an Xtream panel ({@code /movie/USER/PASS/..}), whose accounts
   * usually allow a single connection.
   */
  public boolean isXtream() {
    return Xtream.isPath(url.target());
  }

  /** Whether the host has a private or loopback address, or a name that only a home has. */
  public boolean isLocal() {
    return LocalHost.is(url.host());
  }

  /**
   * Whether it names a live channel: its text says so, or its URL ({@code /live/USER/PASS/..} of an
   * Xtream panel). The response decides whether it is one.
   */
  public boolean isLive() {
    return isSaidLive || Xtream.isLive(url.target());
  }

  /**
   * The texts whose extensions tell the kind of the file, best first: the displayed name, path and
   * query of the URL. For comparison only, since they may hold secrets.
   */
  public List<String> endings() {
    return List.of(name, url.path(), url.target());
  }

  /** The possible names of the title's file in the cache of the nginx version, best first. */
  public List<String> oldCacheNames() {
    return OldCacheName.of(source);
  }

  /**
   * The words that must not appear on a page, in a log or in a file name. Computed on each call.
   */
  public Secrets secrets() {
    return Original.of(this).secrets();
  }

  /** Omits URL and header values, which hold secrets. */
  @Override
  public String toString() {
    return "Link[" + key.brief() + " at " + url.shownHost() + "]";
  }
}
