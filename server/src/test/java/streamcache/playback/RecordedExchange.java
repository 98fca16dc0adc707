package streamcache.playback;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** An exchange without a socket: keeps what is sent. */
public final class RecordedExchange implements Exchange {

  private final Request request;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private int status;
  private Headers headers = new Headers();
  private boolean ended;

  public RecordedExchange(Request request) {
    this.request = request;
  }

  @Override
  public Request request() {
    return request;
  }

  @Override
  public void head(int status, Headers headers) {
    this.status = status;
    this.headers = headers;
  }

  @Override
  public void body(FileChannel file, long from, long to) {
    body.writeBytes(read(file, from, to - from));
  }

  @Override
  public void body(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    body.writeBytes(copy);
  }

  @Override
  public long sent() {
    return body.size();
  }

  @Override
  public void end() {
    ended = true;
  }

  @Override
  public void abort() {}

  @Override
  public boolean isGone() {
    return false;
  }

  @Override
  public void onGone(Runnable action) {}

  int status() {
    return status;
  }

  public Headers headers() {
    return headers;
  }

  byte[] bytes() {
    return body.toByteArray();
  }

  boolean isEnded() {
    return ended;
  }

  static byte[] read(FileChannel file, long from, long length) {
    ByteBuffer bytes = ByteBuffer.allocate((int) length);
    try {
      while (bytes.hasRemaining() && file.read(bytes, from + bytes.position()) >= 0) {
        // Until all is there.
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.array();
  }
}
