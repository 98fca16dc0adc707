package streamcache.fill;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import streamcache.event.Event;
import streamcache.link.AccountId;
import streamcache.schedule.GlobalConnectionLimit;

/**
 * What all accounts share.
 *
 * @param homes which accounts this server may use
 * @param limit the limit of all accounts together
 * @param threads makes one thread per connection
 * @param timer the timer for everything but scan detection
 */
record Surroundings(
    AccountHomes homes,
    GlobalConnectionLimit limit,
    ThreadFactory threads,
    Timer timer,
    Source source,
    Consumer<Event> events,
    ScanDetector scans,
    Channels channels) {

  /**
   * Takes a slot of the limit of all accounts, which must be given back. Call without a lock held.
   *
   * @return false when no slot is free, or another node uses the account
   */
  boolean take(AccountId account, Machine machine, boolean isAwaited) {
    Duration coolDown = machine.ask(asked -> asked.questions().coolDown(timer.now()));
    return homes.mayOpen(account, coolDown) && limit.take(isAwaited);
  }

  /** Call without a lock held. */
  void publish(Event event) {
    events.accept(event);
  }
}
