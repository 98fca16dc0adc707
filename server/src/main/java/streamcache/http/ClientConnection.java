package streamcache.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.playback.Handler;
import streamcache.playback.Ready;
import streamcache.playback.Request;

/**
 * One player's connection: reads request heads, has one request answered at a time, and decides
 * when the connection ends. Lives on its event loop; {@link #submit}, {@link #finished}, {@link
 * #cut} and {@link #drain} may be called from any thread.
 *
 * <p>Reading continues while a response is in progress, because that is how a departure of the
 * player is noticed; bytes sent ahead are kept up to a limit. A player that closed only its sending
 * side looks like one that closed the connection until something is sent to it (a closed one then
 * answers with a reset). It is therefore considered present as long as bytes flow, and cut after a
 * short wait without any.
 *
 * <p>SO_LINGER is 0 until an orderly end of the connection: any other close, such as an abort or a
 * failed read of the file, resets it, so that the player cannot take a partial response for a
 * complete one.
 */
final class ClientConnection extends ChannelInboundHandlerAdapter implements Outlet {

  private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);

  /** Heads of players are not longer; longer ones are read only while memory is plentiful. */
  private static final int ORDINARY_HEAD = 8 << 10;

  private enum Phase {
    /** No complete head has been received. */
    AWAITING,
    /** An exchange or a refusal is in progress. */
    ANSWERING,
    /** Our side is closed; received bytes are discarded until the peer closes too. */
    LINGERING
  }

  private final Service service;
  private final SocketChannel channel;
  private final ConnectionCloser closer;
  private final EventLoop loop;
  private final Alarm alarm;
  private final SendProgress progress;
  private final HeadReader reader;
  private InetAddress peer = InetAddress.getLoopbackAddress();
  private Phase phase = Phase.AWAITING;
  private @Nullable NettyExchange exchange;
  private boolean inputClosed;

  /** The first byte of an incomplete head has been received. */
  private boolean headBegun;

  private volatile boolean draining;

  /** Whether no request is in progress; read by {@link Connections} from another thread. */
  private volatile boolean idle = true;

  ClientConnection(Service service, SocketChannel channel, @Nullable SslHandler tls) {
    this.service = service;
    this.channel = channel;
    closer = new ConnectionCloser(channel, tls);
    reader = new HeadReader(service::takesBody);
    loop = channel.eventLoop();
    alarm = new Alarm(loop, this::due);
    progress = new SendProgress(channel);
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    InetAddress address = Peer.of(channel);
    peer = address == null ? peer : address;
    if (address == null || !service.connections().add(this)) {
      cut();
      return;
    }
    alarm.in(service.limits().keepAliveIdle());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    if (phase == Phase.LINGERING) {
      bytes.release();
      return;
    }
    reader.add(bytes);
    if (phase == Phase.AWAITING) {
      proceed();
    }
    int pending = reader.pending();
    if (phase == Phase.ANSWERING && pending > service.limits().pipelinedMax()) {
      channel.config().setAutoRead(false);
    } else if (phase == Phase.AWAITING && pending > ORDINARY_HEAD && service.isShortOfMemory()) {
      refuse(EarlyResponse.closing(503, "Too many long requests at once; try again in a moment."));
    }
  }

  /** Processes the next head, or waits for it. */
  private void proceed() {
    while (phase == Phase.AWAITING) {
      HeadOutcome outcome = reader.next();
      switch (outcome) {
        case null -> {
          awaitBytes();
          return;
        }
        case RequestHead head -> begin(head);
        case EarlyResponse refusal -> refuse(refusal);
      }
    }
  }

  private void awaitBytes() {
    idle = true;
    channel.config().setAutoRead(true);
    if (inputClosed) {
      closeCleanly();
    } else if (reader.isBetweenRequests()) {
      alarm.in(service.limits().keepAliveIdle());
    } else if (!headBegun) {
      headBegun = true;
      alarm.in(service.limits().headWithin());
    }
  }

  private void begin(RequestHead head) {
    phase = Phase.ANSWERING;
    idle = false;
    headBegun = false;
    alarm.off();
    Request request = service.request(head, peer);
    Handler judged = service.judge(request);
    Service.ready(judged, request)
        .ifPresentOrElse(
            ready -> give(ready, judged, head.keepAlive() && !draining),
            () -> serve(judged, request, head.keepAlive()));
  }

  private void serve(Handler judged, Request request, boolean keepAlive) {
    NettyExchange begun = new NettyExchange(this, request, keepAlive);
    exchange = begun;
    if (inputClosed) {
      alarm.in(service.limits().halfClosedWait());
    }
    service.serve(judged, begun, this);
  }

  /** Sends a response without a thread. */
  private void give(Ready ready, Handler judged, boolean keepAlive) {
    expectProgress();
    ReadyDelivery.Over over = (outcome, sent) -> given(outcome, sent, ready, judged, keepAlive);
    writable(() -> new ReadyDelivery(channel, ready, closer.isSecure(), over).begin(keepAlive));
  }

  private void given(
      Ready.Outcome outcome, long sent, Ready ready, Handler judged, boolean keepAlive) {
    progress.end();
    ready.end(sent, outcome);
    if (outcome == Ready.Outcome.WHOLE) {
      answered(keepAlive);
    } else if (outcome == Ready.Outcome.UNREADABLE && sent == 0 && channel.isActive()) {
      // Its bytes are a hole now and nothing of the response was sent: a thread may wait for them.
      serve(judged, ready.request(), keepAlive);
    } else {
      cut();
    }
  }

  private void refuse(EarlyResponse refusal) {
    phase = Phase.ANSWERING;
    headBegun = false;
    expectProgress();
    boolean keepAlive = refusal.keepAlive() && !draining;
    String target = service.ownTarget(refusal.subject().target());
    ByteBuf answer =
        RefusalAnswer.write(refusal, RequestIds.next(), target, keepAlive, channel.alloc());
    channel.writeAndFlush(answer).addListener((ChannelFuture done) -> refused(done, keepAlive));
  }

  private void refused(ChannelFuture done, boolean keepAlive) {
    progress.end();
    if (done.isSuccess()) {
      answered(keepAlive);
    }
  }

  /** Called on the handler's thread: has the event loop send something. */
  void submit(PartWrite delivery) {
    try {
      loop.execute(delivery);
    } catch (RejectedExecutionException e) {
      delivery.discard();
    }
  }

  @Override
  public void send(PartWrite delivery) {
    expectProgress();
    writable(() -> delivery.writeTo(channel));
  }

  private void writable(Runnable write) {
    if (inputClosed) {
      closer.writableAgain(write);
    } else {
      write.run();
    }
  }

  @Override
  public void delivered() {
    progress.end();
    if (inputClosed && channel.isActive()) {
      alarm.in(service.limits().halfClosedWait());
    }
  }

  /** Called on the handler's thread, as its last act. */
  void finished(NettyExchange done) {
    try {
      loop.execute(() -> finish(done.mayKeepAlive(), done.isEnded()));
    } catch (RejectedExecutionException e) {
      service.connections().remove(this);
    }
  }

  private void finish(boolean keepAlive, boolean ended) {
    exchange = null;
    if (!channel.isActive()) {
      service.connections().remove(this);
    } else if (ended) {
      answered(keepAlive && !draining);
    } else {
      cut();
    }
  }

  private void answered(boolean keepAlive) {
    if (keepAlive) {
      phase = Phase.AWAITING;
      proceed();
    } else {
      linger();
    }
  }

  /**
   * Closes our side and keeps reading for a while: a close with unread bytes would reset the
   * connection and discard the response before the player has read it.
   */
  private void linger() {
    phase = Phase.LINGERING;
    reader.release();
    if (inputClosed) {
      closeCleanly();
      return;
    }
    channel.config().setOption(ChannelOption.SO_LINGER, -1);
    channel.config().setAutoRead(true);
    closer.shutdownOutput();
    alarm.in(service.limits().lingerMax());
  }

  private void closeCleanly() {
    if (channel.isOpen()) {
      channel.config().setOption(ChannelOption.SO_LINGER, -1);
      closer.close();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (!(event instanceof ChannelInputShutdownEvent)) {
      return;
    }
    inputClosed = true;
    switch (phase) {
      case AWAITING, LINGERING -> closeCleanly();
      case ANSWERING -> {
        if (!progress.isUnderWay()) {
          alarm.in(service.limits().halfClosedWait());
        }
      }
    }
  }

  /** Called by the alarm at the time set last. */
  private void due() {
    switch (phase) {
      case AWAITING -> {
        if (headBegun) {
          refuse(EarlyResponse.closing(408, "The request headers did not arrive in time."));
        } else {
          closeCleanly();
        }
      }
      case ANSWERING -> {
        if (progress.isUnderWay()) {
          checkProgress();
        } else if (inputClosed) {
          cut();
        }
      }
      case LINGERING -> cut();
    }
  }

  private void expectProgress() {
    progress.begin();
    alarm.in(progressTick());
  }

  /** Short enough that a cut is at most a quarter of the limit late. */
  private Duration progressTick() {
    // Once a response: Duration.dividedBy would compute it with BigDecimals.
    return Duration.ofNanos(service.limits().clientIdleMax().toNanos() / 4);
  }

  private void checkProgress() {
    if (progress.hasStalled(service.limits().clientIdleMax())) {
      LOG.debug("event=player.stalled");
      cut();
    } else {
      alarm.in(progressTick());
    }
  }

  /** From any thread; may be outdated when it returns. */
  boolean isIdle() {
    return idle;
  }

  /** From any thread, once the connection has been added to {@link Connections}. */
  InetAddress peer() {
    return peer;
  }

  boolean isSecure() {
    return closer.isSecure();
  }

  boolean isDraining() {
    return draining;
  }

  /** From any thread: finishes the response in progress and accepts no further request. */
  void drain() {
    draining = true;
    loop.execute(() -> {
      if (phase == Phase.AWAITING && channel.isActive()) {
        closeCleanly();
      }
    });
  }

  /** From any thread: resets the connection. */
  @Override
  public void cut() {
    closer.cut();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    alarm.end();
    reader.release();
    NettyExchange left = exchange;
    if (left == null) {
      service.connections().remove(this);
    } else {
      left.departure().happen();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // The exception of a failed handshake is wrapped.
    if (!(cause instanceof IOException || cause.getCause() instanceof IOException)) {
      LOG.error("event=connection.failed", cause);
    }
    cut();
  }
}
