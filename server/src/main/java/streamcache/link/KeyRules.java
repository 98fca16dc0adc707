package streamcache.link;

import java.util.Set;

/**
 * Which parts of a provider's URLs do not distinguish titles. The rules determine the identity of
 * titles, so they must not change for as long as a store is used. Any thread; does not block.
 */
@FunctionalInterface
public interface KeyRules {

  /** Every character counts. */
  KeyRules NONE = (_, _) -> Set.of();

  /**
   * The names of the query parameters to ignore.
   *
   * @param host in lower case, IPv6 in brackets
   */
  Set<String> dropped(String host, int port);
}
