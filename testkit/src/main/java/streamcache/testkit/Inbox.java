package streamcache.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends, drained from the socket by a thread of its own, so that the origin notices
 * that a client leaves even while its response waits at a gate. Read by the connection's thread.
 */
final class Inbox {

  private static final byte[] END = new byte[0];
  private static final int LONGEST_LINE = 128 * 1024;

  private final BlockingQueue<byte[]> pieces = new LinkedBlockingQueue<>();
  private final CompletableFuture<Boolean> gone = new CompletableFuture<>();
  private byte[] piece = END;
  private int position;

  /** Runs until the client closes or resets its side. */
  void drain(InputStream input) {
    byte[] buffer = new byte[16 * 1024];
    try {
      for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
        byte[] copy = new byte[read];
        System.arraycopy(buffer, 0, copy, 0, read);
        if (read > 0) {
          pieces.add(copy);
        }
      }
    } catch (IOException _) {
      // A reset ends the input as well as a close does.
    }
    gone.complete(true);
    pieces.add(END);
  }

  /** Completes when the client has closed or reset its side. */
  CompletableFuture<Boolean> gone() {
    return gone;
  }

  /** Returns the lines of the next head, without their line ends; null if the client has closed. */
  @Nullable List<String> head() throws IOException {
    List<String> lines = new ArrayList<>();
    while (true) {
      String line = line();
      if (line == null) {
        return null;
      }
      if (!line.isEmpty()) {
        lines.add(line);
      } else if (!lines.isEmpty()) {
        return lines;
      }
    }
  }

  byte[] body(int length) throws IOException {
    byte[] body = new byte[length];
    for (int at = 0; at < length; at++) {
      int next = next();
      if (next < 0) {
        throw new IOException("request body cut short");
      }
      body[at] = (byte) next;
    }
    return body;
  }

  private @Nullable String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = next(); next != '\n'; next = next()) {
      if (next < 0) {
        return null;
      }
      if (next != '\r') {
        line.write(next);
      }
      if (line.size() > LONGEST_LINE) {
        throw new IOException("line too long");
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  private int next() throws IOException {
    if (position == piece.length) {
      try {
        piece = pieces.take();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      position = 0;
      if (piece.length == 0) {
        pieces.add(END);
        return -1;
      }
    }
    return piece[position++] & 0xFF;
  }
}
