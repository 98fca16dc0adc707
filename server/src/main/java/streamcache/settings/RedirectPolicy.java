package streamcache.settings;

/** Where redirects may lead. */
public enum RedirectPolicy {
  /** To any public host and to the allowed ones, because providers redirect to CDNs. */
  ANY,
  /** Only to the allowed hosts. */
  LISTED
}
