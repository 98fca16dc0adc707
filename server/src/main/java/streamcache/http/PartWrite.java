package streamcache.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The write of one {@link ResponsePart}: created and awaited by the handler's thread, performed by
 * the event loop.
 */
final class PartWrite implements Runnable, ChannelFutureListener {

  private enum State {
    UNDER_WAY,
    TAKEN,
    FAILED
  }

  private final Outlet outlet;
  private final ResponsePart part;
  private final Thread waiter = Thread.currentThread();
  private volatile State state = State.UNDER_WAY;

  /** Why the write failed; assigned before the state. */
  private @Nullable Throwable cause;

  PartWrite(Outlet outlet, ResponsePart part) {
    this.outlet = outlet;
    this.part = part;
  }

  /** On the event loop. */
  @Override
  public void run() {
    outlet.send(this);
  }

  /** On the event loop. */
  void writeTo(Channel channel) {
    part.writeTo(channel).addListener(this);
  }

  /** On the event loop, once: the system has taken the bytes, or the write has failed. */
  @Override
  public void operationComplete(ChannelFuture future) {
    outlet.delivered();
    cause = future.cause();
    settle(future.isSuccess() ? State.TAKEN : State.FAILED);
  }

  /** Called when the event loop has terminated and will never write this. */
  void discard() {
    part.discard();
    settle(State.FAILED);
  }

  private void settle(State outcome) {
    state = outcome;
    LockSupport.unpark(waiter);
  }

  /**
   * Waits for the end of the delivery, without exception: while the event loop may still read the
   * file or buffer, this must not return, since the owner could then close or reuse it. An
   * interrupt cuts the connection, which ends the delivery. Returns whether the bytes were taken.
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

  /**
   * Why the bytes were not taken; valid after {@link #await}. Null when they were never written.
   */
  @Nullable Throwable cause() {
    return cause;
  }
}
