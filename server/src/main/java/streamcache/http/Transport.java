package streamcache.http;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;

/** How sockets are watched. Both send files without copying them; neither needs a native jar. */
enum Transport {
  /** Linux with the native library: a little less processor time a request. */
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
  /** Everywhere. */
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
