package streamcache.fill;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import streamcache.schedule.ObservedPass;
import streamcache.schedule.RequestTerms;

/**
 * A playback's request for a pass, over as many attempts as it takes. Guarded by the account's lock
 * unless stated otherwise.
 */
final class PassTurn implements ObservedPass {

  private final long number;
  private @Nullable RequestTerms terms;
  private Optional<Duration> pause = Optional.empty();

  /** Set by the playback's thread. */
  private volatile @Nullable AccountPass pass;

  /** The same, from before the request on; set by the playback's thread. */
  private volatile @Nullable AccountPass opening;

  PassTurn(long number) {
    this.number = number;
  }

  long number() {
    return number;
  }

  /** The pass may be requested from the provider. */
  void opens(RequestTerms as) {
    terms = as;
  }

  /** The terms of the request, once its turn has come. */
  Optional<RequestTerms> terms() {
    return Optional.ofNullable(terms);
  }

  /** The pass has failed and is retried after {@code time}. */
  void rests(Duration time) {
    terms = null;
    pause = Optional.of(time);
  }

  void givesUp() {
    terms = null;
    pause = Optional.empty();
  }

  /** The time after which it is retried; empty when it is given up. */
  Optional<Duration> pause() {
    return pause;
  }

  /** The pass is about to be requested. Any thread, no lock. */
  void opens(AccountPass next) {
    opening = next;
  }

  /** Ends the connection, even one that is being opened. Any thread, no lock. */
  void cut() {
    AccountPass last = opening;
    if (last != null) {
      last.abort();
    }
  }

  /** Any thread, no lock. */
  void is(AccountPass now) {
    pass = now;
  }

  /** Any thread, no lock. */
  @Override
  public boolean isIdle(long now) {
    AccountPass open = pass;
    return open != null && open.isIdle(now);
  }

  /** Any thread, no lock. */
  void close() {
    AccountPass open = pass;
    if (open != null) {
      open.close();
    }
  }
}
