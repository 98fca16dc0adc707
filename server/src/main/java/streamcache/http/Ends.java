package streamcache.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

/** The ways a connection ends, in clear or in TLS, which has a goodbye of its own. Any thread. */
final class Ends {

  private final SocketChannel channel;
  private final @Nullable SslHandler tls;

  Ends(SocketChannel channel, @Nullable SslHandler tls) {
    this.channel = channel;
    this.tls = tls;
  }

  boolean isSecure() {
    return tls != null;
  }

  /** At once and without the goodbye: a player must not take what it got for the whole. */
  void cut() {
    ChannelHandlerContext secure = tls == null ? null : channel.pipeline().context(tls);
    var _ = secure == null ? channel.close() : secure.close();
  }

  /** As agreed. */
  void close() {
    var _ = channel.close();
  }

  /** Nothing more will be sent, but perhaps read. */
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
   * Writes after the other side has closed its own; on the loop. Netty 4.2.18 takes a socket out of
   * epoll for good when nothing is left to watch, as after the end of the input, and fails the next
   * write that does not fit into the send buffer.
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
