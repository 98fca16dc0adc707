package streamcache.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The body of one response, removed from its framing as it is read. Owned by the one thread that
 * reads the client; must be read to its end before the next response on the connection.
 */
public final class Body {

  private final InputStream in;
  private final boolean chunked;
  private final boolean delimitedByClose;
  private long left;
  private boolean started;
  private @Nullable BodyEnd ending;

  Body(InputStream in, AnswerHead head, boolean toHead) {
    this.in = in;
    boolean empty = toHead || head.hasNoBody();
    chunked = !empty && head.isChunked();
    delimitedByClose = !empty && !chunked && head.contentLength().isEmpty();
    left = empty || chunked || delimitedByClose ? 0 : head.contentLength().orElse(0);
  }

  /** Reads at least one byte; returns -1 at the end, however the body ended. */
  public int read(byte[] target, int from, int count) {
    if (ending != null) {
      return -1;
    }
    try {
      if (delimitedByClose) {
        return orEnd(in.read(target, from, count), BodyEnd.CLEAN);
      }
      if (left == 0 && !nextChunk()) {
        ending = BodyEnd.CLEAN;
        return -1;
      }
      int read = orEnd(in.read(target, from, (int) Math.min(count, left)), BodyEnd.SHORT);
      left -= Math.max(0, read);
      return read;
    } catch (EOFException _) {
      ending = BodyEnd.SHORT;
    } catch (SocketTimeoutException e) {
      throw new AssertionError("no body byte came in time", e);
    } catch (IOException _) {
      ending = BodyEnd.RESET;
    }
    return -1;
  }

  /** Known once {@link #read} has returned -1. */
  public BodyEnd ending() {
    if (ending == null) {
      throw new IllegalStateException("the body is not at its end");
    }
    return ending;
  }

  private int orEnd(int read, BodyEnd atEnd) {
    if (read < 0) {
      ending = atEnd;
    }
    return read;
  }

  private boolean nextChunk() throws IOException {
    if (!chunked) {
      return false;
    }
    if (started) {
      line();
    }
    started = true;
    String size = line();
    left = Long.parseLong(size.replaceFirst(";.*", "").strip(), 16);
    if (left == 0) {
      while (!line().isEmpty()) {
        // Skips the trailers.
      }
    }
    return left > 0;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException();
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }
}
