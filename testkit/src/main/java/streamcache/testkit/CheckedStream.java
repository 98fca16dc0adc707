package streamcache.testkit;

import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One response that a virtual thread of its own reads and checks against a content as it arrives;
 * for bodies of any size. The test awaits bytes and the end, pauses and resumes. Any thread.
 */
public final class CheckedStream implements AutoCloseable {

  private static final int BLOCK = 64 * 1024;

  private final RawClient client;
  private final Content content;
  private final Waiting waiting = new Waiting();
  private final CompletableFuture<AnswerHead> head = new CompletableFuture<>();
  private final long begun = System.nanoTime();
  private long firstByteNanos;
  private long bytes;
  private long pauseAt = Long.MAX_VALUE;
  private @Nullable BodyEnd ending;
  private @Nullable Throwable failure;
  private boolean closed;

  private CheckedStream(RawClient client, Content content) {
    this.client = client;
    this.content = content;
  }

  static CheckedStream begin(RawClient client, Content content) {
    CheckedStream stream = new CheckedStream(client, content);
    Thread.ofVirtual().name("checked-stream").start(stream::run);
    return stream;
  }

  public AnswerHead awaitHead() {
    try {
      return head.get(Waiting.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException | InterruptedException e) {
      throw new AssertionError("no head came", e);
    }
  }

  /** Returns the head; empty if the connection was reset before it arrived. */
  public Optional<AnswerHead> headUnlessReset() {
    waiting.await(Waiting.LIMIT, head::isDone, this::toString);
    if (head.isCompletedExceptionally() && head.exceptionNow() instanceof SocketException) {
      return Optional.empty();
    }
    return Optional.of(awaitHead());
  }

  /** Whether a head arrived within the time: for tests that expect none. */
  public boolean isAnsweredWithin(Duration time) {
    try {
      var _ = head.get(time.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Waits until this many body bytes in total have arrived; fails on a wrong byte or if the body
   * ends before.
   */
  public CheckedStream awaitBytes(long count) {
    waiting.await(() -> bytes >= count || isOver(), () -> "expected " + count + ": " + this);
    failOnWrongBytes();
    if (bytes() < count) {
      throw new AssertionError("ended before " + count + " bytes: " + this);
    }
    return this;
  }

  /** Whether this many bytes arrived within the time: for tests that expect silence. */
  public boolean hasBytesWithin(Duration time, long count) {
    return waiting.holds(time, () -> bytes >= count);
  }

  /** Reads to the end of the body; fails on a wrong byte. */
  public BodyEnd awaitEnd() {
    waiting.await(Duration.ofMinutes(5), this::isOver, this::toString);
    failOnWrongBytes();
    return waiting.read(() -> ending == null ? BodyEnd.CLOSED_BY_TEST : ending);
  }

  /** Returns the body bytes received so far. */
  public long bytes() {
    return waiting.read(() -> bytes);
  }

  /** Returns the time from the request to the first body byte. */
  public Duration timeToFirstByte() {
    awaitBytes(1);
    return Duration.ofNanos(waiting.read(() -> firstByteNanos) - begun);
  }

  /**
   * Stops reading once at least this many body bytes are read, like a player with a full buffer.
   */
  public CheckedStream pauseAt(long bodyBytes) {
    waiting.change(() -> pauseAt = bodyBytes);
    return this;
  }

  public CheckedStream resume() {
    return pauseAt(Long.MAX_VALUE);
  }

  /** Closes the connection with a reset. */
  public void reset() throws IOException {
    waiting.change(() -> closed = true);
    client.reset();
  }

  @Override
  public void close() throws IOException {
    waiting.change(() -> closed = true);
    client.close();
  }

  @Override
  public String toString() {
    String seen = head.isDone() && !head.isCompletedExceptionally() ? head.join() + "" : "no head";
    return waiting.read(() -> "%s, %d body bytes, ended %s".formatted(seen, bytes, ending));
  }

  private void run() {
    try {
      AnswerHead first = client.readHead();
      waiting.change(() -> head.complete(first));
      read(first, client.body(first));
    } catch (IOException | AssertionError | RuntimeException e) {
      waiting.change(() -> {
        head.completeExceptionally(e);
        failure = e;
      });
    }
  }

  private void read(AnswerHead first, Body body) {
    byte[] block = new byte[BLOCK];
    long offset = first.firstOffset();
    while (mayRead()) {
      int read = body.read(block, 0, block.length);
      if (read < 0) {
        waiting.change(() -> ending = closed ? BodyEnd.CLOSED_BY_TEST : body.ending());
        return;
      }
      if (first.status() / 100 == 2) {
        content.check(offset, block, 0, read);
      }
      offset += read;
      waiting.change(() -> {
        firstByteNanos = bytes == 0 ? System.nanoTime() : firstByteNanos;
        bytes += read;
      });
    }
    waiting.change(() -> ending = BodyEnd.CLOSED_BY_TEST);
  }

  /** Waits while paused; returns false if the test closes the stream meanwhile. */
  private boolean mayRead() {
    var _ = waiting.holds(Duration.ofHours(1), () -> bytes < pauseAt || closed);
    return !waiting.read(() -> closed);
  }

  private boolean isOver() {
    return ending != null || failure != null || closed;
  }

  private void failOnWrongBytes() {
    Throwable wrong = waiting.read(() -> failure);
    boolean ownDoing = wrong instanceof IOException && waiting.read(() -> closed);
    if (wrong != null && !ownDoing) {
      throw new AssertionError(wrong.getMessage(), wrong);
    }
  }
}
