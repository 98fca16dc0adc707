package streamcache.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import streamcache.playback.Handler;
import streamcache.settings.ListenSettings;
import streamcache.settings.TlsSettings;

/**
 * The port that players connect to. The {@link Handler} answers every request, on the event loop if
 * it can do so at once, otherwise on a virtual thread for that request; anything that is not a
 * request is refused here. Owned by the code that started it.
 */
public final class Listener implements AutoCloseable {

  /**
   * A page-cache miss in sendfile blocks an event loop, so there are more loops than processors.
   */
  private static final int LOOPS = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());

  /** Bytes of one read; only request heads are read. */
  private static final int READ_MAX = 16 << 10;

  private static final int BACKLOG = 1024;

  /** Time for handlers to notice that their players were cut. */
  private static final Duration AFTER_CUT = Duration.ofSeconds(2);

  private final Service service;
  private final Duration drainWithin;
  private final PooledByteBufAllocator buffers;
  private final EventLoopGroup acceptors;
  private final EventLoopGroup loops;
  private final Channel server;

  private Listener(
      Service service,
      Duration drainWithin,
      PooledByteBufAllocator buffers,
      EventLoopGroup acceptors,
      EventLoopGroup loops,
      Channel server) {
    this.service = service;
    this.drainWithin = drainWithin;
    this.buffers = buffers;
    this.acceptors = acceptors;
    this.loops = loops;
    this.server = server;
  }

  /**
   * Starts listening, with TLS if there are settings for it.
   *
   * @throws TlsFileException the certificate or its key cannot be used
   * @throws ListenException the address cannot be listened on
   */
  public static Listener start(ListenSettings settings, Optional<TlsSettings> tls, Handler handler)
      throws IOException {
    Optional<PlayerTls> opened =
        tls.isPresent() ? Optional.of(PlayerTls.open(tls.get())) : Optional.empty();
    return start(settings, opened, handler, Transport.best(), Limits.of(settings));
  }

  static Listener start(
      ListenSettings settings,
      Optional<PlayerTls> tls,
      Handler handler,
      Transport transport,
      Limits limits)
      throws IOException {
    EventLoopGroup acceptors =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("accept"), transport.ioHandlers());
    EventLoopGroup loops =
        new MultiThreadIoEventLoopGroup(
            LOOPS, new DefaultThreadFactory("http"), transport.ioHandlers());
    PooledByteBufAllocator buffers = smallPool();
    Service service = new Service(handler, limits, settings.basePath(), buffers, tls);
    ChannelFuture bound =
        bootstrap(transport, service)
            .group(acceptors, loops)
            .bind(address(settings))
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      stop(acceptors, loops);
      throw new ListenException(settings, bound.cause());
    }
    long every = PlayerTls.LOOK_EVERY.toMillis();
    tls.ifPresent(files -> {
      var _ =
          acceptors.next().scheduleWithFixedDelay(files::look, every, every, TimeUnit.MILLISECONDS);
    });
    return new Listener(
        service, settings.drainWithin(), buffers, acceptors, loops, bound.channel());
  }

  /**
   * The address to listen on; unresolved when its name has no address. May block for the look-up.
   */
  public static InetSocketAddress address(ListenSettings settings) {
    return settings.bind().isEmpty()
        ? new InetSocketAddress(settings.port())
        : new InetSocketAddress(settings.bind(), settings.port());
  }

  static ServerBootstrap bootstrap(Transport transport, Service service) {
    return new ServerBootstrap()
        .channelFactory(transport::serverChannel)
        .option(ChannelOption.SO_REUSEADDR, true)
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.SO_KEEPALIVE, true)
        .childOption(ChannelOption.SO_LINGER, 0)
        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .childOption(ChannelOption.ALLOCATOR, service.buffers())
        .childOption(
            ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(512, 2048, READ_MAX))
        .childHandler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                SslHandler tls = service.tls().map(each -> each.handler(channel)).orElse(null);
                if (tls != null) {
                  channel.pipeline().addLast(tls);
                }
                channel.pipeline().addLast(new ClientConnection(service, channel, tls));
              }
            });
  }

  /**
   * Two arenas of 256 KiB chunks: the pool holds only heads and the bodies that are copied (see
   * {@link FilePart}).
   */
  static PooledByteBufAllocator smallPool() {
    return new PooledByteBufAllocator(
        /* preferDirect= */ true,
        /* nHeapArena= */ 0,
        /* nDirectArena= */ 2,
        /* pageSize= */ 8192,
        /* maxOrder= */ 5,
        /* smallCacheSize= */ 64,
        /* normalCacheSize= */ 16,
        /* useCacheForAllThreads= */ false);
  }

  /** The bound address, with the port that the system chose if 0 was requested. */
  public InetSocketAddress address() {
    return (InetSocketAddress) server.localAddress();
  }

  /** The number of open connections. */
  public int connections() {
    return service.connections().count();
  }

  /** Zero once nothing is being read or sent. */
  long bufferBytesInUse() {
    return buffers.pinnedDirectMemory();
  }

  /**
   * Accepts no more connections, closes idle ones, lets responses in progress finish within the
   * time and cuts the rest. Returns whether nothing had to be cut. Blocks.
   */
  public boolean drain(Duration within) {
    server.close().awaitUninterruptibly();
    service.connections().drain();
    boolean finished = service.connections().awaitNone(within);
    if (!finished) {
      service.connections().cut();
      service.connections().awaitNone(AFTER_CUT);
    }
    return finished;
  }

  /** Drains for as long as the settings allow, then stops the threads. */
  @Override
  public void close() {
    drain(drainWithin);
    stop(acceptors, loops);
  }

  private static void stop(EventLoopGroup acceptors, EventLoopGroup loops) {
    acceptors.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
