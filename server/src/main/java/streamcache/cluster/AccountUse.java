package streamcache.cluster;

import java.util.Set;
import java.util.function.Predicate;
import streamcache.link.AccountId;

/** What this node does with accounts, as far as the cluster decides about it. Does not block. */
public interface AccountUse {

  /** The accounts that have something to do, or may still be counted as open. */
  Set<AccountId> busy();

  /** Ends every connection to a provider. */
  void closeAll();

  /** Ends the connections that are kept for later. */
  void closeIdle();

  /** Tells the players of these accounts to ask again, since another node fetches for them. */
  void leave(Predicate<AccountId> accounts);
}
