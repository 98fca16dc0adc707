package streamcache.fill;

import java.nio.ByteBuffer;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import streamcache.origin.Facts;
import streamcache.origin.Failure;
import streamcache.origin.Fetch;
import streamcache.origin.OriginException;
import streamcache.origin.Upstream;

/** Sends the beginning of a film, then nothing until it is closed. */
final class Endless implements Upstream {
  private final Part part;
  private final BlockingQueue<Boolean> thrown;
  private final CountDownLatch closed = new CountDownLatch(1);
  private boolean begun;

  /**
   * @param thrown if not null, the first close adds to it and then throws
   */
  Endless(Fetch fetch, BlockingQueue<Boolean> thrown) {
    this.part = new Part(fetch, FillsFixture.LENGTH);
    this.thrown = thrown;
  }

  @Override
  public Facts facts() {
    return part.facts();
  }

  @Override
  public long start() {
    return part.start();
  }

  @Override
  public OptionalLong length() {
    return part.length();
  }

  @Override
  public boolean isSpent() {
    return false;
  }

  @Override
  public int read(ByteBuffer buffer) throws OriginException {
    if (!begun) {
      begun = true;
      return part.read(buffer);
    }
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new OriginException(new Failure.Broken(OptionalInt.empty(), "closed"));
  }

  @Override
  public void close() {
    boolean isFirst = closed.getCount() > 0;
    closed.countDown();
    if (isFirst && thrown != null) {
      thrown.add(true);
      throw new IllegalStateException("cannot be closed");
    }
  }
}
