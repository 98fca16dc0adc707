package streamcache.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

/**
 * The ways to end a connection, in clear text or TLS, which has its own close_notify. Any thread.
 */
final class ConnectionCloser {

  private final SocketChannel channel;
  private final @Nullable SslHandler tls;

  ConnectionCloser(SocketChannel channel, @Nullable SslHandler tls) {
    this.channel = channel;
    this.tls = tls;
  }

  boolean isSecure() {
    return tls != null;
  }

  /**
   * Closes at once and without close_notify, so that a player cannot take a partial response for a
   * complete one.
   */
  void cut() {
    ChannelHandlerContext secure = tls == null ? null : channel.pipeline().context(tls);
    var _ = secure == null ? channel.close() : secure.close();
  }

  /** Closes in the orderly way, with close_notify. */
  void close() {
    var _ = channel.close();
  }

  /** Closes the sending side; reading may continue. */
  void shutdownOutput() {
    if (tls == null) {
      var _ = channel.shutdownOutput();
    } else {
      var _ =
          tls.closeOutbound()
              .addListener(_ -> {
                var _ = channel.shutdownOutput();
              });
    }
  }

  /**
   * Writes after the peer has closed its sending side. Event loop only. Netty 4.2.18 removes a
   * socket from epoll permanently when nothing is left to watch, as after the end of the input, and
   * then fails the next write that does not fit into the send buffer; registering again avoids
   * this.
   */
  void writableAgain(Runnable write) {
    if (!(channel instanceof EpollSocketChannel)) {
      write.run();
      return;
    }
    EventLoop loop = channel.eventLoop();
    var _ =
        channel
            .deregister()
            .addListener(out -> {
              var _ = loop.register(channel).addListener(in -> write.run());
            });
  }
}
