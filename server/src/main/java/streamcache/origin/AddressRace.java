package streamcache.origin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Connects to the first address of a host that accepts (RFC 8305, Happy Eyeballs). Attempts start
 * one after the other and run side by side; a failed one starts the next at once. When one has
 * succeeded all others are closed, so that only one connection ever carries a request. One per
 * process; any thread.
 */
final class AddressRace {

  /** The Connection Attempt Delay that RFC 8305 section 8 recommends. */
  static final Duration STAGGER = Duration.ofMillis(250);

  private final Connector connector;
  private final Duration stagger;
  private final Duration most;
  private final LongSupplier clock;
  private final UnresponsiveAddresses unresponsive;

  /** Connects one socket; blocks until it is connected, has failed or is closed. */
  @FunctionalInterface
  interface Connector {
    void connect(Socket socket, InetSocketAddress to, int timeoutMillis) throws IOException;
  }

  /**
   * @param most for all attempts of one connect together
   */
  AddressRace(Duration most) {
    this(Socket::connect, STAGGER, most, System::nanoTime);
  }

  /**
   * @param stagger from the start of one attempt to the next, while none has ended
   * @param clock monotonic nanoseconds
   */
  AddressRace(Connector connector, Duration stagger, Duration most, LongSupplier clock) {
    this.connector = connector;
    this.stagger = stagger;
    this.most = most;
    this.clock = clock;
    this.unresponsive = new UnresponsiveAddresses(clock);
  }

  /**
   * Blocks until an address has accepted. No other attempt is open then.
   *
   * @param addresses the addresses that may be contacted, in the resolver's order; never empty
   * @param call ends the race, and closes the returned socket until its next step
   * @return a connected socket; the caller closes it
   * @throws SocketTimeoutException if no address has accepted in time
   * @throws IOException the last failure, if all attempts have failed
   */
  Socket connect(List<InetAddress> addresses, int port, Call call) throws IOException {
    List<InetSocketAddress> order =
        interleaved(addresses).stream()
            .map(address -> new InetSocketAddress(address, port))
            .toList();
    return new Race(unresponsive.last(order)).run(call);
  }

  /** The address accepted a connection and then failed, such as in its TLS handshake. */
  void failed(InetSocketAddress address) {
    unresponsive.add(address);
  }

  /** The families in turn, beginning with the resolver's first (RFC 8305 section 4). */
  static List<InetAddress> interleaved(List<InetAddress> addresses) {
    List<InetAddress> preferred = new ArrayList<>();
    List<InetAddress> others = new ArrayList<>();
    for (InetAddress address : addresses) {
      boolean isPreferred = address.getClass() == addresses.getFirst().getClass();
      (isPreferred ? preferred : others).add(address);
    }
    List<InetAddress> interleaved = new ArrayList<>(addresses.size());
    for (int i = 0; i < addresses.size(); i++) {
      preferred.stream().skip(i).findFirst().ifPresent(interleaved::add);
      others.stream().skip(i).findFirst().ifPresent(interleaved::add);
    }
    return interleaved;
  }

  /** Closes without a TLS shutdown, which would wait for a peer that does not respond. */
  static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // The socket is closed in any case.
    }
  }

  private record Attempt(InetSocketAddress to, Socket socket) {}

  /** The end of an attempt; without a failure it is connected. */
  private record Result(Attempt attempt, Optional<IOException> failure) {}

  /** One connect. The caller's thread runs it; each attempt has a thread that only connects. */
  private final class Race {

    private final List<InetSocketAddress> order;
    private final long until = clock.getAsLong() + most.toNanos();
    private final BlockingQueue<Result> results = new LinkedBlockingQueue<>();
    private final List<Attempt> running = new ArrayList<>();

    /** All sockets of this race, also for the thread that ends the call. */
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

    private volatile boolean isOver;

    Race(List<InetSocketAddress> order) {
      this.order = order;
    }

    Socket run(Call call) throws IOException {
      call.during(() -> endAllBut(null));
      Socket connected = null;
      try {
        connected = winner();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      } finally {
        endAllBut(connected);
      }
      Socket won = connected;
      call.during(() -> close(won));
      return won;
    }

    private Socket winner() throws IOException, InterruptedException {
      IOException last = late();
      int started = 0;
      while (started < order.size() || !running.isEmpty()) {
        if (started < order.size()) {
          start(order.get(started));
          started++;
        }
        Result result = next(started < order.size());
        if (result != null) {
          running.remove(result.attempt());
          if (result.failure().isEmpty()) {
            won(result.attempt());
            return result.attempt().socket();
          }
          doubt(result.attempt());
          last = result.failure().get();
        } else if (left() <= 0) {
          running.forEach(this::doubt);
          throw late();
        }
      }
      throw last;
    }

    private void start(InetSocketAddress to) {
      Attempt attempt = new Attempt(to, new Socket());
      running.add(attempt);
      sockets.add(attempt.socket());
      if (isOver) {
        close(attempt.socket());
      }
      int timeout = Math.toIntExact(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left())));
      Thread.startVirtualThread(() -> results.add(result(attempt, timeout)));
    }

    private Result result(Attempt attempt, int timeout) {
      try {
        attempt.socket().setTcpNoDelay(true);
        connector.connect(attempt.socket(), attempt.to(), timeout);
        return new Result(attempt, Optional.empty());
      } catch (IOException e) {
        return new Result(attempt, Optional.of(e));
      } catch (RuntimeException e) {
        return new Result(attempt, Optional.of(new IOException("connect failed", e)));
      }
    }

    /** The next end of an attempt; null when it is time for the next attempt, or too late. */
    private @Nullable Result next(boolean isMore) throws InterruptedException {
      long wait = isMore ? Math.min(left(), stagger.toNanos()) : left();
      return results.poll(Math.max(0, wait), TimeUnit.NANOSECONDS);
    }

    /** Those that began earlier and are still silent are slower by at least one stagger. */
    private void won(Attempt winner) {
      unresponsive.remove(winner.to());
      running.stream()
          .filter(other -> order.indexOf(other.to()) < order.indexOf(winner.to()))
          .forEach(this::doubt);
    }

    private void doubt(Attempt attempt) {
      if (!isOver) {
        unresponsive.add(attempt.to());
      }
    }

    private void endAllBut(@Nullable Socket winner) {
      isOver = true;
      for (Socket socket : sockets) {
        if (!socket.equals(winner)) {
          close(socket);
        }
      }
    }

    private long left() {
      return until - clock.getAsLong();
    }

    private static SocketTimeoutException late() {
      return new SocketTimeoutException("no address has accepted in time");
    }
  }
}
