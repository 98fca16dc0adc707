package streamcache.fill;

import java.time.Duration;
import streamcache.link.AccountId;

/** Which accounts this server may use now: each account is used by one node of a cluster. */
@FunctionalInterface
public interface AccountHomes {

  /** Of a server that is alone. */
  AccountHomes ALL = (_, _) -> true;

  /**
   * Whether a connection of the account may be opened now. Asked before each one; any thread, does
   * not block.
   *
   * @param coolDown how long the provider counts a closed connection
   */
  boolean mayOpen(AccountId account, Duration coolDown);
}
