package streamcache.origin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * A response body that is being read. The connection's thread reads; any thread may {@link #close}.
 * A reusable network connection is given back as soon as the last promised byte is delivered; in
 * every other case the connection is cut.
 */
final class HttpUpstream implements Upstream {

  /** Measured: a smaller value costs CPU time, a larger one gains nothing. */
  private static final int CHUNK = MOST_A_READ;

  private final Facts facts;
  private final Placement placement;
  private final InputStream body;
  private final PooledConnection connection;
  private final RangeMeter meter;
  private final boolean hidesTotal;
  private final boolean isReusable;

  /** Whether Content-Length delimits the body, so that no framing follows its last byte. */
  private final boolean isCounted;

  /** Read time-out between two bytes of the body, once its first bytes have told what it is. */
  private final Duration betweenBytes;

  /** What a text is that goes on and on. */
  static final String TOO_LONG = "a text, not a film, and too long for a subtitle";

  /** Offset that the body must not reach, whatever it promises. */
  private long bound = Long.MAX_VALUE;

  /** How many bytes are wanted, of a body that may be longer. */
  private long most = Long.MAX_VALUE;

  private final byte[] chunk = new byte[CHUNK];
  private int peekedFrom;
  private int peekedTo;
  private long delivered;
  private @Nullable OriginException broken;
  private boolean isEnded;
  private volatile boolean isClosed;

  HttpUpstream(
      HopResponse answer, Placement placement, Facts facts, Duration betweenBytes, RangeMeter meter)
      throws OriginException {
    this.meter = meter;
    this.facts = facts;
    this.placement = placement;
    this.body = answer.body();
    this.connection = answer.connection();
    this.isReusable = answer.isReusable();
    this.betweenBytes = betweenBytes;
    this.isCounted = answer.length().isPresent();
    this.hidesTotal =
        facts.total().isEmpty() && isCounted && answer.header("Content-Range").isEmpty();
  }

  /** Whether the length of the body is known, and nothing says where in what file it belongs. */
  boolean hidesTotal() {
    return hidesTotal;
  }

  /** Ends the body after this many bytes; only before the first read. */
  void limit(long bytes) {
    most = bytes;
  }

  @Override
  public Facts facts() {
    return facts;
  }

  @Override
  public long start() {
    return placement.start();
  }

  @Override
  public OptionalLong length() {
    OptionalLong length = placement.length();
    return length.isPresent() ? OptionalLong.of(Math.min(most, length.getAsLong())) : length;
  }

  @Override
  public int read(ByteBuffer buffer) throws OriginException {
    if (isEnded) {
      return -1;
    }
    if (delivered == most) {
      close();
      return -1;
    }
    if (!buffer.hasRemaining()) {
      return 0;
    }
    if (peekedFrom == peekedTo) {
      throwBroken();
      peekedFrom = 0;
      peekedTo = fill(0, Math.min(buffer.remaining(), CHUNK));
    }
    if (peekedTo < 0) {
      peekedTo = 0;
      end();
      return -1;
    }
    int moved =
        (int) Math.min(Math.min(buffer.remaining(), peekedTo - peekedFrom), most - delivered);
    buffer.put(chunk, peekedFrom, moved);
    peekedFrom += moved;
    delivered += moved;
    if (start() + delivered > bound) {
      connection.cut();
      throw new OriginException(new Failure.Fake(OptionalInt.empty(), TOO_LONG));
    }
    if (delivered > promised()) {
      throw cut("body longer than announced");
    }
    if (isCounted && delivered == promised()) {
      end();
    }
    return moved;
  }

  @Override
  public boolean isSpent() {
    return isEnded;
  }

  @Override
  public void close() {
    isClosed = true;
    connection.cut();
  }

  /** Reads a short body to its end, so that its connection is kept; cuts any longer one. */
  void finish() throws OriginException {
    ByteBuffer rest = ByteBuffer.allocate(Math.clamp(promised(), 1, CHUNK));
    while (promised() <= CHUNK && !isEnded && read(rest) >= 0) {
      rest.clear();
    }
    if (!isEnded) {
      close();
    }
  }

  /**
   * Returns the first bytes without consuming them; only before the first read. A failure after
   * some bytes is reported by the read that reaches it. Each byte may take as long as the first:
   * some providers send a little and then prepare the rest.
   *
   * @param most in bytes
   * @param isEnough whether no more bytes are needed than these
   */
  byte[] peek(int most, Predicate<byte[]> isEnough) throws OriginException {
    int wanted = (int) Math.min(most, promised());
    try {
      int more = 0;
      while (more >= 0 && peekedTo < wanted && !isEnough.test(peeked())) {
        more = fill(peekedTo, wanted - peekedTo);
        peekedTo += Math.max(0, more);
      }
    } catch (OriginException e) {
      if (peekedTo == 0) {
        throw e;
      }
      broken = e;
    }
    return peeked();
  }

  /** The first bytes are known; from now on, silence is a stall. */
  void begins() {
    if (broken == null) {
      connection.endpoint().setSocketTimeout(Timeout.of(betweenBytes));
    }
  }

  private byte[] peeked() {
    return Arrays.copyOf(chunk, peekedTo);
  }

  /** Fails the read that reaches a byte at or after this offset of the file. */
  void endBefore(long offset) {
    bound = offset;
  }

  private void throwBroken() throws OriginException {
    OriginException early = broken;
    if (early != null) {
      throw early;
    }
  }

  private int fill(int at, int most) throws OriginException {
    long before = System.nanoTime();
    try {
      int count = body.read(chunk, at, most);
      meter.read(count, before, System.nanoTime());
      return count;
    } catch (IOException e) {
      if (isClosed) {
        throw NetworkFailures.broken("closed");
      }
      connection.cut();
      if (!isCounted && delivered == promised()) {
        return -1; // The body is complete; only the end of its framing is missing.
      }
      throw NetworkFailures.reading(e);
    }
  }

  private void end() throws OriginException {
    if (placement.length().isPresent() && delivered < promised()) {
      throw cut("body cut short");
    }
    isEnded = true;
    if (isReusable) {
      connection.giveBack();
    } else {
      connection.cut();
    }
  }

  private long promised() {
    return placement.length().orElse(Long.MAX_VALUE);
  }

  private OriginException cut(String detail) {
    connection.cut();
    return NetworkFailures.broken(detail);
  }
}
