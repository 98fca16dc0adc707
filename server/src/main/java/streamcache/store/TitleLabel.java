package streamcache.store;

/**
 * How people know a title: what lists are sorted by and searched in. The index holds that of every
 * title, so that a list of 100,000 reads no sidecar.
 *
 * @param name as in {@link GenerationFacts}
 * @param host that sent the bytes
 */
public record TitleLabel(String name, String host) {

  /** Of a title whose sidecar has not been read yet. */
  public static final TitleLabel UNKNOWN = new TitleLabel("", "");

  public static TitleLabel of(GenerationFacts facts) {
    return of(facts.name(), facts.finalHost());
  }

  /** Titles share the text of a host: there are few hosts. */
  static TitleLabel of(String name, String host) {
    return new TitleLabel(name, host.intern());
  }

  public boolean isKnown() {
    return !equals(UNKNOWN);
  }
}
