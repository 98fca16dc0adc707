package streamcache.testkit;

import java.time.Instant;
import java.util.Optional;

/**
 * One request as the scripted origin saw it, and the outcome of its response. Live: counts grow
 * while the response is sent. Any thread.
 */
public final class RecordedRequest {

  /** How a response ended. */
  public enum End {
    RUNNING,
    /** Sent completely. */
    COMPLETE,
    /** Cut by the script. */
    CUT,
    /** The client closed or reset its side first. */
    CLIENT_GONE,
    /** The origin was closed by the test. */
    CLOSED
  }

  private final Waiting waiting;
  private final int number;
  private final long connection;
  private final String requestLine;
  private final Fields headers;
  private final Instant time = Instant.now();
  private final long nanos = System.nanoTime();
  private int status;
  private long bodyBytes;
  private End end = End.RUNNING;

  RecordedRequest(
      Waiting waiting, int number, long connection, String requestLine, Fields headers) {
    this.waiting = waiting;
    this.number = number;
    this.connection = connection;
    this.requestLine = requestLine;
    this.headers = headers;
  }

  /**
   * Returns the position among the requests of the path other than HEAD, from 1; a HEAD has the
   * number of the next such request.
   */
  public int number() {
    return number;
  }

  /**
   * Returns the number of the connection, from 1: equal numbers mean that a connection was reused.
   */
  public long connection() {
    return connection;
  }

  public String method() {
    return word(0);
  }

  public String target() {
    return word(1);
  }

  public String version() {
    return word(2);
  }

  /** Returns the target without its query. */
  public String path() {
    return pathOf(target());
  }

  public Fields headers() {
    return headers;
  }

  public Optional<String> header(String name) {
    return headers.first(name);
  }

  public Optional<String> range() {
    return header("Range");
  }

  public Instant time() {
    return time;
  }

  /** Returns when the head had arrived, in {@link System#nanoTime}. */
  public long nanos() {
    return nanos;
  }

  /** Returns the status sent; 0 as long as no head was sent. */
  public int status() {
    return waiting.read(() -> status);
  }

  /** Returns the body bytes that the system has accepted from the origin. */
  public long bodyBytes() {
    return waiting.read(() -> bodyBytes);
  }

  public End end() {
    return waiting.read(() -> end);
  }

  public void awaitBodyBytes(long count) {
    waiting.await(
        () -> bodyBytes >= count || end != End.RUNNING, () -> "expected " + count + ": " + this);
    if (bodyBytes() < count) {
      throw new AssertionError("the answer ended before " + count + " bytes: " + this);
    }
  }

  public End awaitEnd() {
    waiting.await(() -> end != End.RUNNING, this::toString);
    return end();
  }

  void sentHead(int newStatus) {
    waiting.change(() -> status = newStatus);
  }

  void sentBody(long count) {
    waiting.change(() -> bodyBytes += count);
  }

  void ended(End how) {
    waiting.change(() -> end = end == End.RUNNING ? how : end);
  }

  @Override
  public String toString() {
    return waiting.read(() ->
        "#%d %s range=%s -> %d, %d body bytes, %s (connection %d)"
            .formatted(
                number, requestLine, range().orElse("-"), status, bodyBytes, end, connection));
  }

  static String pathOf(String target) {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  private String word(int index) {
    String[] words = requestLine.split(" ", -1);
    return index < words.length ? words[index] : "";
  }
}
