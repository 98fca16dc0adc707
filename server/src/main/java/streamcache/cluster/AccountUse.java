package streamcache.cluster;

import java.util.Map;
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

  /** What was learned about providers here since the last call, by account. */
  Map<AccountId, String> lessons();

  /** All of that again: a node has come that does not know it. */
  void repeatLessons();

  /** Takes over what another node has learned. */
  void hear(AccountId account, String lesson);

  /** Tells the players of these accounts to ask again, since another node fetches for them. */
  void leave(Predicate<AccountId> accounts);
}
