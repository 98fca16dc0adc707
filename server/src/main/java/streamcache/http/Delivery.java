package streamcache.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Some bytes of an answer on their way: made and awaited by the handler's thread, written by the
 * event loop in one flush, so that a held-back head and its first bytes leave together.
 */
final class Delivery implements Runnable, ChannelFutureListener {

  private static final int HEAD_CAPACITY = 768;

  private enum State {
    UNDER_WAY,
    TAKEN,
    FAILED
  }

  private final Outlet outlet;
  private final @Nullable ResponseHead head;
  private final @Nullable Object body;
  private final long chunkSize;
  private final Thread waiter = Thread.currentThread();
  private volatile State state = State.UNDER_WAY;

  private Delivery(
      Outlet outlet, @Nullable ResponseHead head, @Nullable Object body, long chunkSize) {
    this.outlet = outlet;
    this.head = head;
    this.body = body;
    this.chunkSize = chunkSize;
  }

  /** A body, or only a head, as it is. */
  static Delivery plain(Outlet to, @Nullable ResponseHead head, @Nullable Object body) {
    return new Delivery(to, head, body, -1);
  }

  /** The body as one chunk. */
  static Delivery chunk(Outlet to, @Nullable ResponseHead head, Object body, long size) {
    return new Delivery(to, head, body, size);
  }

  /** The chunk that ends the body. */
  static Delivery lastChunk(Outlet to, @Nullable ResponseHead head) {
    return new Delivery(to, head, null, 0);
  }

  /** On the event loop. */
  @Override
  public void run() {
    outlet.send(this);
  }

  /** On the event loop: writes all parts and flushes once. */
  void writeTo(Channel channel) {
    ByteBuf lead = lead(channel);
    boolean wrapped = body != null && chunkSize >= 0;
    if (lead != null && body != null) {
      var _ = channel.write(lead, channel.voidPromise());
    }
    if (wrapped) {
      var _ = channel.write(body, channel.voidPromise());
    }
    Object last = wrapped ? lineEnd(channel) : body != null ? body : lead;
    channel.writeAndFlush(last).addListener(this);
  }

  private @Nullable ByteBuf lead(Channel channel) {
    if (head == null && chunkSize < 0) {
      return null;
    }
    ByteBuf lead = channel.alloc().directBuffer(HEAD_CAPACITY);
    if (head != null) {
      head.writeTo(lead);
    }
    if (chunkSize >= 0) {
      ByteBufUtil.writeAscii(lead, Long.toHexString(chunkSize));
      ByteBufUtil.writeAscii(lead, body == null ? "\r\n\r\n" : "\r\n");
    }
    return lead;
  }

  private static ByteBuf lineEnd(Channel channel) {
    ByteBuf end = channel.alloc().directBuffer(2);
    ByteBufUtil.writeAscii(end, "\r\n");
    return end;
  }

  /** On the event loop, once: the system took the bytes, or the connection is no more. */
  @Override
  public void operationComplete(ChannelFuture future) {
    outlet.delivered();
    settle(future.isSuccess() ? State.TAKEN : State.FAILED);
  }

  /** The event loop is gone and will never write this. */
  void discard() {
    ReferenceCountUtil.release(body);
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
}
