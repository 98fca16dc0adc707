package streamcache.settings;

/** What an import takes from a provider. */
public enum ImportKind {
  FILM,
  SERIES,
  LIVE
}
