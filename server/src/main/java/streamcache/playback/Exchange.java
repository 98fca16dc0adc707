package streamcache.playback;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * One request and its response, independent of the wire. All methods block the calling virtual
 * thread. Only one thread may use an exchange at a time; {@link #onGone}'s callback runs on
 * another.
 *
 * <p>Order: {@link #head} once, {@code body} any number of times, then {@link #end} or {@link
 * #abort}. The head decides the framing: with Content-Length exactly that many bytes must follow;
 * without it the body is chunked (HTTP/1.1) or ends with the connection (1.0). For HEAD requests,
 * 204 and 304 no body may be sent. {@code Date}, {@code Connection} and {@code X-Request-Id} are
 * added here.
 */
public interface Exchange {

  Request request();

  /** Sends the status line and header fields; may hold them back until the first body byte. */
  void head(int status, Headers headers) throws ClientGone;

  /**
   * Sends {@code [from, to)} of a file; long ranges in clear text are not copied through the
   * process. Returns when the system has taken all of it, which provides back-pressure.
   *
   * @throws Unreadable the file could not be read past the {@link #sent} bytes; the connection must
   *     be cut
   */
  void body(FileChannel file, long from, long to) throws ClientGone, Unreadable;

  /**
   * Sends the remaining bytes of the buffer; returns when the system has taken them. An empty
   * buffer sends a head that was held back.
   */
  void body(ByteBuffer bytes) throws ClientGone;

  /**
   * Body bytes the system has taken so far, including those of a body that was cut. May be called
   * by any thread.
   */
  long sent();

  /** Ends a response that is complete and as long as promised. */
  void end() throws ClientGone;

  /**
   * Cuts the connection, so that the player cannot take a partial response for a complete one.
   * Never throws.
   */
  void abort();

  boolean isGone();

  /**
   * Runs {@code action} once when the player leaves, or at once if it has left. It must not block:
   * it may run on an event loop.
   */
  void onGone(Runnable action);
}
