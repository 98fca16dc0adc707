package streamcache.link;

import java.util.Set;

/**
 * What of a URL does not tell titles apart, by the provider. Decides about the identity of titles,
 * so it must answer the same for as long as a store is used. Any thread, does not block.
 */
@FunctionalInterface
public interface KeyRules {

  /** Every letter counts. */
  KeyRules NONE = (_, _) -> Set.of();

  /**
   * Names of the query parameters that do not count.
   *
   * @param host in lower case, IPv6 in brackets
   */
  Set<String> dropped(String host, int port);
}
