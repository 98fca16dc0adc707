package streamcache.origin;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One body that is fetched as closed ranges, one after the other, from a provider that throttles
 * open ones. For its reader it is one response. The parts are joined only if each names the total
 * length and the strong ETag of the first; without an ETag each begins with bytes of the part
 * before, which are compared. The connection's thread reads; any thread may {@link #close}.
 */
final class ClosedRanges implements Upstream {

  /** As much as where two responses meet in a stored title; less than 1 % of a part. */
  static final int OVERLAP = 64 * 1024;

  private final Parts parts;
  private final Fetch fetch;
  private final long size;
  private final Facts facts;
  private final long start;
  private final long end;

  /** The last bytes that were delivered, if they are needed for a comparison. */
  private final byte[] tail;

  private int tailLength;
  private long position;
  private volatile Upstream part;
  private volatile Call call = new Call();
  private volatile boolean isClosed;

  /** Opens one closed range. */
  @FunctionalInterface
  interface Parts {
    Upstream open(Fetch fetch, Call call) throws OriginException;
  }

  private ClosedRanges(Upstream first, Fetch fetch, long size, long end, Parts parts) {
    this.parts = parts;
    this.fetch = fetch;
    this.size = size;
    this.facts = first.facts();
    this.start = first.start();
    this.position = start;
    this.end = end;
    this.part = first;
    this.tail = new byte[facts.strongValidator().isPresent() ? 0 : OVERLAP];
  }

  /** The first part of a fetch; the fetch itself if it is no longer than a part. */
  static Fetch first(Fetch fetch, long size) {
    long end = Math.min(fetch.start() + size, fetch.end().orElse(Long.MAX_VALUE));
    return fetch.end().equals(OptionalLong.of(end))
        ? fetch
        : fetch.part(fetch.start(), end, /* isMore= */ true);
  }

  /**
   * @param first the response to {@link #first}
   * @return {@code first} itself if nothing follows it, or if its provider does not tell where the
   *     file ends
   */
  static Upstream from(Upstream first, Fetch fetch, long size, Parts parts) {
    OptionalLong total = first.facts().total();
    if (total.isEmpty() || first.length().isEmpty() || first.start() != fetch.start()) {
      return first;
    }
    long end = Math.min(total.getAsLong(), fetch.end().orElse(Long.MAX_VALUE));
    return first.start() + first.length().getAsLong() >= end
        ? first
        : new ClosedRanges(first, fetch, size, end, parts);
  }

  @Override
  public Facts facts() {
    return facts;
  }

  @Override
  public long start() {
    return start;
  }

  @Override
  public OptionalLong length() {
    return OptionalLong.of(end - start);
  }

  @Override
  public int read(ByteBuffer buffer) throws OriginException {
    if (position == end) {
      return -1;
    }
    int before = buffer.position();
    int count = part.read(buffer);
    if (count < 0) {
      part = next();
      count = part.read(buffer);
    }
    if (count < 0 || position + count > end) {
      throw broken("a part of another length than announced");
    }
    keep(buffer, before, count);
    position += count;
    return count;
  }

  @Override
  public boolean isSpent() {
    return position == end && part.isSpent();
  }

  @Override
  public void close() {
    isClosed = true;
    call.cancel();
    part.close();
  }

  private Upstream next() throws OriginException {
    part.close();
    Call opening = new Call();
    call = opening;
    if (isClosed) {
      throw broken("closed");
    }
    long from = position - tailLength;
    long until = Math.min(end, from + Math.max(size, tailLength + 1L));
    Upstream opened = parts.open(fetch.part(from, until, until < end), opening);
    boolean isJoined = false;
    try {
      boolean isComparable = opened.facts().isPlaced() || tailLength > 0;
      if (opened.start() != from
          || !isComparable
          || !opened.facts().total().equals(facts.total())
          || !opened.facts().strongValidator().equals(facts.strongValidator())) {
        throw broken("a part of another file, or of another place");
      }
      compare(opened);
      isJoined = true;
      return opened;
    } finally {
      if (!isJoined || isClosed) {
        opened.close();
      }
    }
  }

  private void compare(Upstream opened) throws OriginException {
    ByteBuffer again = ByteBuffer.allocate(tailLength);
    while (again.hasRemaining()) {
      if (opened.read(again) < 0) {
        throw broken("a part that ends before it begins");
      }
    }
    if (!Arrays.equals(again.array(), Arrays.copyOf(tail, tailLength))) {
      throw new OriginException(new Failure.Changed(OptionalInt.empty(), "the bytes differ"));
    }
  }

  /** Keeps the newest bytes for the comparison with the next part. */
  private void keep(ByteBuffer buffer, int from, int count) {
    if (tail.length == 0) {
      return;
    }
    int fresh = Math.min(count, tail.length);
    int old = Math.min(tailLength, tail.length - fresh);
    System.arraycopy(tail, tailLength - old, tail, 0, old);
    buffer.get(from + count - fresh, tail, old, fresh);
    tailLength = old + fresh;
  }

  private static OriginException broken(String detail) {
    return new OriginException(new Failure.Broken(OptionalInt.empty(), detail));
  }
}
