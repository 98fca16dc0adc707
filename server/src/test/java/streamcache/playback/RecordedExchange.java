package streamcache.playback;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An exchange without a socket that records what is sent. */
public final class RecordedExchange implements Exchange {

  private final Request request;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private int status;
  private Headers headers = new Headers();
  private boolean ended;
  private boolean aborted;
  private @Nullable IOException unreadable;
  private final List<Runnable> onGone = new ArrayList<>();
  private boolean gone;

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
  public void body(FileChannel file, long from, long to) throws ClientGone, Unreadable {
    stay();
    if (unreadable != null) {
      throw new Unreadable("the disk fails", unreadable);
    }
    body.writeBytes(read(file, from, to - from));
  }

  @Override
  public void body(ByteBuffer bytes) throws ClientGone {
    stay();
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
  public void abort() {
    aborted = true;
  }

  @Override
  public boolean isGone() {
    return gone;
  }

  @Override
  public void onGone(Runnable action) {
    if (gone) {
      action.run();
    } else {
      onGone.add(action);
    }
  }

  /** Simulates a player that disconnects. */
  public void leave() {
    gone = true;
    onGone.forEach(Runnable::run);
  }

  /** Makes every later read of the store files fail. */
  void fail(IOException reason) {
    unreadable = reason;
  }

  private void stay() throws ClientGone {
    if (gone) {
      throw new ClientGone("left");
    }
  }

  public int status() {
    return status;
  }

  public Headers headers() {
    return headers;
  }

  public byte[] bytes() {
    return body.toByteArray();
  }

  public boolean isEnded() {
    return ended;
  }

  boolean isAborted() {
    return aborted;
  }

  static byte[] read(FileChannel file, long from, long length) {
    ByteBuffer bytes = ByteBuffer.allocate((int) length);
    try {
      while (bytes.hasRemaining() && file.read(bytes, from + bytes.position()) >= 0) {
        // Read until the range is complete.
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.array();
  }
}
