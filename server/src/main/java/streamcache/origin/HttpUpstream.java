package streamcache.origin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One body being read. The connection's thread reads; any thread may {@link #close}. The network
 * connection is given back the moment the last promised byte is out, and cut in every other case.
 */
final class HttpUpstream implements Upstream {

  /** Measured: below it CPU rises, above it nothing is gained. */
  private static final int CHUNK = 128 * 1024;

  private final Facts facts;
  private final Placement placement;
  private final InputStream body;
  private final Line line;
  private final boolean isReusable;

  /** Whether the framing itself ends the body, so that nothing is left on the line behind it. */
  private final boolean isCounted;

  private final byte[] chunk = new byte[CHUNK];
  private int peekedFrom;
  private int peekedTo;
  private long delivered;
  private @Nullable OriginException broken;
  private boolean isEnded;
  private volatile boolean isClosed;

  HttpUpstream(Answer answer, Placement placement, Facts facts) throws OriginException {
    this.facts = facts;
    this.placement = placement;
    this.body = answer.body();
    this.line = answer.line();
    this.isReusable = answer.isReusable();
    this.isCounted = answer.length().isPresent();
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
    return placement.length();
  }

  @Override
  public int read(ByteBuffer buffer) throws OriginException {
    if (isEnded) {
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
    int moved = Math.min(buffer.remaining(), peekedTo - peekedFrom);
    buffer.put(chunk, peekedFrom, moved);
    peekedFrom += moved;
    delivered += moved;
    if (delivered > promised()) {
      throw cut("body longer than promised");
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
    line.cut();
  }

  /**
   * The first bytes, at most {@code most}, without consuming them; before the first read only. What
   * ends the body among them is told by the read that comes to it.
   */
  byte[] peek(int most) throws OriginException {
    int wanted = (int) Math.min(most, promised());
    try {
      int more = 0;
      while (more >= 0 && peekedTo < wanted) {
        more = fill(peekedTo, wanted - peekedTo);
        peekedTo += Math.max(0, more);
      }
    } catch (OriginException e) {
      if (peekedTo == 0) {
        throw e;
      }
      broken = e;
    }
    return Arrays.copyOf(chunk, peekedTo);
  }

  private void throwBroken() throws OriginException {
    OriginException early = broken;
    if (early != null) {
      throw early;
    }
  }

  private int fill(int at, int most) throws OriginException {
    try {
      return body.read(chunk, at, most);
    } catch (IOException e) {
      if (isClosed) {
        throw Trouble.broken("closed");
      }
      line.cut();
      if (!isCounted && delivered == promised()) {
        return -1; // Everything is here; only the end of the framing is not.
      }
      throw Trouble.reading(e);
    }
  }

  private void end() throws OriginException {
    if (placement.length().isPresent() && delivered < promised()) {
      throw cut("body cut short");
    }
    isEnded = true;
    if (isReusable) {
      line.giveBack();
    } else {
      line.cut();
    }
  }

  private long promised() {
    return placement.length().orElse(Long.MAX_VALUE);
  }

  private OriginException cut(String detail) {
    line.cut();
    return Trouble.broken(detail);
  }
}
