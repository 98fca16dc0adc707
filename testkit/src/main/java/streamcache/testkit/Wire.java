package streamcache.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import streamcache.testkit.RecordedRequest.End;

/**
 * The answering side of one exchange, passed to handlers for anything that no {@link Script} can
 * express. Used by the connection's thread only.
 */
public final class Wire {

  /** Ends an exchange early; the connection is closed or about to be. */
  static final class Stopped extends IOException {
    private static final long serialVersionUID = 1L;
    private final End end;

    Stopped(End end) {
      super(end.toString());
      this.end = end;
    }

    End end() {
      return end;
    }
  }

  private final RecordedRequest request;
  private final byte[] requestBody;
  private final Inbox inbox;
  private final Socket raw;
  private final OutputStream out;
  private boolean keepAlive;

  Wire(RecordedRequest request, byte[] requestBody, Inbox inbox, Socket raw, OutputStream out) {
    this.request = request;
    this.requestBody = requestBody;
    this.inbox = inbox;
    this.raw = raw;
    this.out = out;
    boolean http11 = request.version().equals("HTTP/1.1");
    keepAlive = http11 && !request.headers().says("Connection", "close");
  }

  public RecordedRequest request() {
    return request;
  }

  public byte[] requestBody() {
    return requestBody.clone();
  }

  /** Sends the bytes of one or more heads as they are; records the status of the first line. */
  public void head(String bytes) throws IOException {
    out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
    request.sentHead(statusOf(bytes));
  }

  /** Sends framing, such as the size of a chunk, that does not count as body. */
  public void framing(String bytes) throws IOException {
    out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  public void body(byte[] bytes, int from, int count) throws IOException {
    out.write(bytes, from, count);
    out.flush();
    request.sentBody(count);
  }

  public void body(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    body(bytes, 0, bytes.length);
  }

  /** Answers according to a script, for example one of several, chosen by the request. */
  public void play(Script script) throws IOException {
    new ScriptPlayer(script, this).play();
  }

  /** Waits for the gate; stops the exchange if the client leaves first. */
  public void await(Gate gate) throws IOException {
    gate.pass(inbox.gone());
    if (!gate.isOpen()) {
      throw new Stopped(End.CLIENT_GONE);
    }
  }

  /** Sends nothing for the given time; stops the exchange if the client leaves meanwhile. */
  public void pause(Duration time) throws IOException {
    pauseNanos(time.toNanos());
  }

  void pauseNanos(long nanos) throws IOException {
    if (nanos <= 0) {
      return;
    }
    try {
      var _ = inbox.gone().get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      return;
    } catch (ExecutionException | InterruptedException e) {
      throw new IOException(e);
    }
    throw new Stopped(End.CLIENT_GONE);
  }

  /** Sends nothing until the client leaves. */
  public void stall() throws IOException {
    var _ = inbox.gone().join();
    throw new Stopped(End.CLIENT_GONE);
  }

  /** Ends the connection at once. */
  public void cut(Cut how) throws IOException {
    if (how == Cut.RESET) {
      raw.setSoLinger(true, 0);
    }
    raw.close();
    throw new Stopped(End.CUT);
  }

  public boolean isGone() {
    return inbox.gone().isDone();
  }

  /** The connection ends after this exchange. */
  public void closeAfter() {
    keepAlive = false;
  }

  boolean keepsAlive() {
    return keepAlive;
  }

  private static int statusOf(String head) {
    String[] words = head.split("[ \r\n]", 3);
    try {
      return words.length > 1 ? Integer.parseInt(words[1].strip()) : 0;
    } catch (NumberFormatException _) {
      return 0;
    }
  }
}
