package streamcache.fill;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import streamcache.origin.Failure;

/**
 * What an account has open or is waited for at one moment, to be ended from outside: another node
 * of the cluster uses the account. Any thread, without a lock.
 *
 * @param connections each closes one
 * @param sideQuery cancels the last one
 * @param demands each fails one
 */
record OpenParts(
    List<Runnable> connections, Optional<Runnable> sideQuery, List<Consumer<Failure>> demands) {

  static final Failure NO_THREAD =
      new Failure.Unreachable(OptionalInt.empty(), "the system cannot start another thread");

  /**
   * Closes all connections. Players go on waiting; what they need is opened when that is allowed.
   */
  void close() {
    connections.forEach(Runnable::run);
    sideQuery.ifPresent(Runnable::run);
  }

  /** Players have to ask again. */
  void fail(Failure failure) {
    demands.forEach(demand -> demand.accept(failure));
  }
}
