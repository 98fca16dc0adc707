package streamcache.playback;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * One request and its answer, as everything above the wire sees it. All methods block the calling
 * virtual thread and none may be called from two threads at once, except {@link #onGone}'s
 * callback.
 *
 * <p>Order: {@link #head} once, {@code body} any number of times, then {@link #end} or {@link
 * #abort}. Framing follows from the head: with Content-Length as many bytes must follow, without it
 * the body is chunked (HTTP/1.1) or ends with the connection (1.0). For HEAD requests, 204 and 304
 * no body may be sent. {@code Date}, {@code Connection} and {@code X-Request-Id} are added here.
 */
public interface Exchange {

  Request request();

  /** Sends the status line and header fields; may hold them back until the first body byte. */
  void head(int status, Headers headers) throws ClientGone;

  /**
   * Sends {@code [from, to)} of a file without copying it through the process; returns when the
   * system has taken all of it, which is the back-pressure.
   *
   * @throws Unreadable the file could not be read behind what {@link #sent} tells; the connection
   *     has to be cut
   */
  void body(FileChannel file, long from, long to) throws ClientGone, Unreadable;

  /** Sends the remaining bytes of the buffer; returns when they are taken. */
  void body(ByteBuffer bytes) throws ClientGone;

  /** Body bytes the system has taken so far, those of a body that broke off included. */
  long sent();

  /** The answer is complete and was as long as promised. */
  void end() throws ClientGone;

  /** Cuts the connection so that the player cannot take what it got for the whole. Never throws. */
  void abort();

  boolean isGone();

  /**
   * Runs {@code action} once when the player goes away, or at once if it has gone. Runs on an event
   * loop: it must not block.
   */
  void onGone(Runnable action);
}
