package streamcache.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Portion} on its way: made and awaited by the handler's thread, written by the event
 * loop.
 */
final class Delivery implements Runnable, ChannelFutureListener {

  private enum State {
    UNDER_WAY,
    TAKEN,
    FAILED
  }

  private final Outlet outlet;
  private final Portion portion;
  private final Thread waiter = Thread.currentThread();
  private volatile State state = State.UNDER_WAY;

  /** Why it failed; written before the state. */
  private @Nullable Throwable cause;

  Delivery(Outlet outlet, Portion portion) {
    this.outlet = outlet;
    this.portion = portion;
  }

  /** On the event loop. */
  @Override
  public void run() {
    outlet.send(this);
  }

  /** On the event loop. */
  void writeTo(Channel channel) {
    portion.writeTo(channel).addListener(this);
  }

  /** On the event loop, once: the system took the bytes, or the connection is no more. */
  @Override
  public void operationComplete(ChannelFuture future) {
    outlet.delivered();
    cause = future.cause();
    settle(future.isSuccess() ? State.TAKEN : State.FAILED);
  }

  /** The event loop is gone and will never write this. */
  void discard() {
    portion.discard();
    settle(State.FAILED);
  }

  private void settle(State outcome) {
    state = outcome;
    LockSupport.unpark(waiter);
  }

  /**
   * Waits for the end of the delivery, whatever happens: while the event loop may still read the
   * file or buffer, its owner must not come back from here and close or reuse it. An interrupt cuts
   * the connection, which ends the delivery. Returns whether the bytes were taken.
   */
  boolean await() {
    boolean interrupted = false;
    while (state == State.UNDER_WAY) {
      LockSupport.park(this);
      if (Thread.interrupted()) {
        interrupted = true;
        outlet.cut();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return state == State.TAKEN;
  }

  /** Why the bytes were not taken, after {@link #await}; null when they were never written. */
  @Nullable Throwable cause() {
    return cause;
  }
}
