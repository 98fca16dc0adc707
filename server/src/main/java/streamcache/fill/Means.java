package streamcache.fill;

import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import streamcache.schedule.GlobalConnectionLimit;

/**
 * What a test may replace: what connections are made of, and time.
 *
 * @param homes which accounts this server may use
 * @param limit the limit of all accounts
 * @param threads makes one thread per connection
 * @param timer the timer for everything but scan detection; created once and closed by its user
 * @param nanos the clock of scan detection
 */
record Means(
    AccountHomes homes,
    GlobalConnectionLimit limit,
    ThreadFactory threads,
    Supplier<Timer> timer,
    LongSupplier nanos) {

  static Means usual() {
    return new Means(
        AccountHomes.ALL,
        new GlobalConnectionLimit(),
        Thread.ofPlatform().daemon().factory(),
        SystemTimer::new,
        System::nanoTime);
  }

  Means with(AccountHomes other) {
    return new Means(other, limit, threads, timer, nanos);
  }

  Means with(GlobalConnectionLimit other) {
    return new Means(homes, other, threads, timer, nanos);
  }

  Means with(ThreadFactory other) {
    return new Means(homes, limit, other, timer, nanos);
  }

  Means with(Supplier<Timer> other) {
    return new Means(homes, limit, threads, other, nanos);
  }

  /** Replaces the clock of scan detection only. */
  Means at(LongSupplier time) {
    return new Means(homes, limit, threads, timer, time);
  }
}
