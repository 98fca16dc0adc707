package streamcache.bench.explore;

import streamcache.schedule.AccountEvent;
import streamcache.schedule.AccountMachine;

/** What the parts of a history share. */
interface AccountWorld {

  AccountMachine machine();

  ExploredProvider provider();

  Checks checks();

  /** Something has happened to the account. */
  void on(AccountEvent event);

  void mark(Mark mark);

  /** Seconds of virtual time. */
  double now();

  /** Returns a number that no demand and no pass has had. */
  long number();

  boolean isStoreFull();

  /** Takes one slot of the connections of all accounts; returns false when none is free. */
  boolean takesSlot(boolean isAwaited);

  /** Returns the slot. */
  void givesSlot();
}
