package streamcache.fill;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import streamcache.schedule.AccountEvent;
import streamcache.schedule.AccountMachine;

/** The machine of an account, as the parts of a connection use it. Any thread. */
interface Machine {

  /** Passes it an event and carries out the effects. */
  void on(AccountEvent event);

  /** Queries it between two events. */
  <T extends @Nullable Object> T ask(Function<AccountMachine, T> question);
}
