package streamcache.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import streamcache.testkit.RecordedRequest.End;

/**
 * A provider on a real loopback socket that answers according to scripts and counts requests and
 * bytes sent. Owned by a test; one virtual thread accepts, and each connection has its own. All
 * methods may be called from any thread.
 */
public final class ScriptedOrigin implements AutoCloseable {

  /** Answers a request in code. */
  @FunctionalInterface
  public interface Handler {
    void answer(Wire wire) throws IOException;
  }

  /**
   * How the origin listens.
   *
   * @param sendBuffer SO_SNDBUF in bytes, small so that counts stay near what the client has read;
   *     0 for the system's default
   * @param certificate for https; empty for http
   */
  public record Options(int sendBuffer, Optional<TestCertificate> certificate) {

    public static final Options PLAIN = new Options(0, Optional.empty());

    public Options sendBuffer(int bytes) {
      return new Options(bytes, certificate);
    }

    public Options tls(TestCertificate value) {
      return new Options(sendBuffer, Optional.of(value));
    }
  }

  /** Where more are open at once, no test depends on each of them. */
  private static final int FEW_CONNECTIONS = 64;

  private final Options options;
  private final Waiting waiting = new Waiting();
  private final Map<String, Handler> handlers = new HashMap<>();
  private final List<RecordedRequest> requests = new ArrayList<>();
  private final Set<Connection> connections = new HashSet<>();
  private ServerSocket listener;
  private Thread acceptor = Thread.ofVirtual().unstarted(() -> {});
  private Handler fallback = wire -> wire.play(Script.status(404));
  private final Frequency frequency = new Frequency();
  private @Nullable StreamLimit budget;
  private long accepted;
  private int peakConnections;
  private int running;
  private int peakRunning;
  private boolean closed;

  private ScriptedOrigin(Options options, ServerSocket listener) {
    this.options = options;
    this.listener = listener;
  }

  public static ScriptedOrigin start() {
    return start(Options.PLAIN);
  }

  public static ScriptedOrigin start(Options options) {
    ScriptedOrigin origin = new ScriptedOrigin(options, listen(0));
    origin.acceptFrom(origin.listener);
    return origin;
  }

  public static ScriptedOrigin startTls() {
    return start(Options.PLAIN.tls(TestCertificate.shared()));
  }

  /** Answers a path (without query) according to a script, from the next request on. */
  public ScriptedOrigin serve(String path, Script script) {
    return on(path, wire -> wire.play(script.at(wire.request().number())));
  }

  /** Answers a path (without query) with a handler. */
  public ScriptedOrigin on(String path, Handler handler) {
    waiting.change(() -> handlers.put(path, handler));
    return this;
  }

  /** Answers every path that has no script; 404 by default. */
  public ScriptedOrigin onOthers(Handler handler) {
    waiting.change(() -> fallback = handler);
    return this;
  }

  /**
   * The path redirects to a new address each time; each address answers according to the script for
   * the given number of requests, and with 403 after that. See {@link #tokenRequests}.
   */
  public ScriptedOrigin serveBehindTokens(String path, int usesOfToken, Script target) {
    return on(
        path,
        wire -> {
          String token = "/token/" + System.nanoTime() + "/" + tokenRequests(path).size() + path;
          serve(token, target.fromRequest(usesOfToken + 1, _ -> Script.status(403)));
          wire.play(Script.redirect(token));
        });
  }

  /** Returns the requests for the addresses to which a path behind tokens has redirected. */
  public List<RecordedRequest> tokenRequests(String path) {
    return requests().stream()
        .filter(request -> request.path().startsWith("/token/") && request.path().endsWith(path))
        .toList();
  }

  /** Limits the streams of the whole origin; null for no limit. HEAD does not count. */
  public ScriptedOrigin budget(@Nullable StreamLimit value) {
    waiting.change(() -> budget = value);
    return this;
  }

  /**
   * Allows more requests for a path within a minute than the usual {@link Frequency#USUAL}; if
   * there are still more, {@link #close} fails.
   *
   * @param reason why that many are correct
   */
  public ScriptedOrigin allow(int requestsAMinute, String reason) {
    frequency.allow(requestsAMinute, reason);
    return this;
  }

  public InetSocketAddress address() {
    return (InetSocketAddress) waiting.read(() -> listener).getLocalSocketAddress();
  }

  public int port() {
    return address().getPort();
  }

  /** Returns the absolute URL of a path that begins with a slash. */
  public String url(String path) {
    String scheme = options.certificate().isPresent() ? "https" : "http";
    return scheme + "://127.0.0.1:" + port() + path;
  }

  /** Returns all requests so far, in the order of their heads. */
  public List<RecordedRequest> requests() {
    return waiting.read(() -> List.copyOf(requests));
  }

  public List<RecordedRequest> requests(String path) {
    return requests().stream().filter(request -> request.path().equals(path)).toList();
  }

  /** Returns the body bytes of all responses for the path that the system has accepted. */
  public long bodyBytes(String path) {
    return requests(path).stream().mapToLong(RecordedRequest::bodyBytes).sum();
  }

  public long bodyBytes() {
    return requests().stream().mapToLong(RecordedRequest::bodyBytes).sum();
  }

  public int openConnections() {
    return waiting.read(connections::size);
  }

  /** The most connections that were open at both ends when one of them was accepted. */
  public int peakConnections() {
    return waiting.read(() -> peakConnections);
  }

  public long totalConnections() {
    return waiting.read(() -> accepted);
  }

  /** Returns the most responses that ran at the same time. */
  public int peakExchanges() {
    return waiting.read(() -> peakRunning);
  }

  /** Waits for the n-th request of the path and returns it. */
  public RecordedRequest awaitRequests(String path, int count) {
    waiting.await(() -> requests(path).size() >= count, () -> count + " of " + path + ": " + this);
    return requests(path).get(count - 1);
  }

  /** Whether the n-th request came within the time: for tests that expect none. */
  public boolean isRequestedWithin(Duration time, String path, int count) {
    return waiting.holds(time, () -> requests(path).size() >= count);
  }

  /** Waits until no response is running. */
  public void awaitIdle() {
    waiting.await(() -> running == 0, () -> "answers still running: " + this);
  }

  public void awaitConnections(int count) {
    waiting.await(() -> connections.size() == count, () -> count + " open connections: " + this);
  }

  /** Ends all open connections now. */
  public void cutAll(Cut how) {
    waiting.read(() -> List.copyOf(connections)).forEach(connection -> connection.cut(how));
  }

  /** Refuses new connections until {@link #listenAgain}; open ones continue. */
  public void refuseConnections() throws IOException {
    Thread accepting = waiting.read(() -> acceptor);
    waiting.read(() -> listener).close();
    try {
      // The system accepts connections until the thread has left its call: the port is still open.
      accepting.join();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** Listens on the same port again. */
  public void listenAgain() {
    ServerSocket again = listen(port());
    waiting.change(() -> listener = again);
    acceptFrom(again);
  }

  @Override
  public void close() {
    waiting.change(() -> closed = true);
    try {
      refuseConnections();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cutAll(Cut.RESET);
    frequency.check(requests());
  }

  @Override
  public String toString() {
    return waiting.read(
        () -> connections.size() + " connections, " + running + " running, requests " + requests);
  }

  RecordedRequest record(long connection, String requestLine, Fields headers) {
    RecordedRequest[] recorded = new RecordedRequest[1];
    waiting.change(() -> {
      RecordedRequest probe = new RecordedRequest(waiting, 0, 0, requestLine, headers);
      int number = 1 + (int) requests.stream().filter(old -> counts(old, probe)).count();
      recorded[0] = new RecordedRequest(waiting, number, connection, requestLine, headers);
      requests.add(recorded[0]);
      running++;
      peakRunning = Math.max(peakRunning, running);
    });
    return recorded[0];
  }

  void answer(Wire wire) throws IOException {
    RecordedRequest request = wire.request();
    StreamLimit limit = waiting.read(() -> budget);
    if (limit == null || request.method().equals("HEAD")) {
      handler(request).answer(wire);
      return;
    }
    if (!limit.claim()) {
      wire.play(limit.refusal());
      return;
    }
    try {
      handler(request).answer(wire);
    } finally {
      limit.release();
    }
  }

  void ended(RecordedRequest request, End end) {
    waiting.change(() -> {
      request.ended(closed ? End.CLOSED : end);
      running--;
    });
  }

  void closed(Connection connection) {
    waiting.change(() -> connections.remove(connection));
  }

  private static boolean counts(RecordedRequest old, RecordedRequest now) {
    return old.path().equals(now.path()) && !old.method().equals("HEAD");
  }

  private Handler handler(RecordedRequest request) {
    return waiting.read(() -> handlers.getOrDefault(request.path(), fallback));
  }

  private static ServerSocket listen(int port) {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 512);
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void acceptFrom(ServerSocket from) {
    Thread thread = Thread.ofVirtual().name("origin-accept").unstarted(() -> accept(from));
    waiting.change(() -> acceptor = thread);
    thread.start();
  }

  private void accept(ServerSocket from) {
    while (true) {
      try {
        begin(from.accept());
      } catch (IOException _) {
        return;
      }
    }
  }

  private void begin(Socket raw) throws IOException {
    try {
      Socket socket = prepared(raw);
      Connection[] begun = new Connection[1];
      waiting.change(() -> {
        accepted++;
        begun[0] = new Connection(this, accepted, raw, socket);
        connections.add(begun[0]);
        peakConnections = Math.max(peakConnections, openAtBothEnds());
      });
      Thread.ofVirtual().name("origin-connection").start(begun[0]);
    } catch (IOException _) {
      raw.close(); // The client was gone before it was served; serve the next one.
    }
  }

  /** How many connections are open at both ends; beyond a few, also those that are not. */
  private int openAtBothEnds() {
    if (connections.size() <= peakConnections || connections.size() > FEW_CONNECTIONS) {
      return connections.size();
    }
    try {
      Set<Integer> clientPorts = OpenSockets.clientPorts(port());
      return (int) connections.stream().filter(open -> open.isOneOf(clientPorts)).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Socket prepared(Socket raw) throws IOException {
    raw.setTcpNoDelay(true);
    if (options.sendBuffer() > 0) {
      raw.setSendBufferSize(options.sendBuffer());
    }
    return options.certificate().isPresent() ? options.certificate().get().over(raw) : raw;
  }
}
