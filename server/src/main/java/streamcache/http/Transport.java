package streamcache.http;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;

/** The I/O mechanism. Both send files without copying them; only EPOLL needs a native library. */
enum Transport {
  /** Linux with the native library: slightly less CPU time per request. */
  EPOLL {
    @Override
    IoHandlerFactory ioHandlers() {
      return EpollIoHandler.newFactory();
    }

    @Override
    ServerChannel serverChannel() {
      return new EpollServerSocketChannel();
    }
  },
  /** Works everywhere. */
  NIO {
    @Override
    IoHandlerFactory ioHandlers() {
      return NioIoHandler.newFactory();
    }

    @Override
    ServerChannel serverChannel() {
      return new NioServerSocketChannel();
    }
  };

  abstract IoHandlerFactory ioHandlers();

  abstract ServerChannel serverChannel();

  static Transport best() {
    return Epoll.isAvailable() ? EPOLL : NIO;
  }
}
