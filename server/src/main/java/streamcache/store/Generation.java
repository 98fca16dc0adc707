package streamcache.store;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import streamcache.range.RangeSet;

/** One version of a title's bytes. Safe for many readers and, on disjoint ranges, many writers. */
public final class Generation {

  Generation() {}

  public GenerationFacts facts() {
    throw new UnsupportedOperationException();
  }

  /** Whole length in bytes; empty while unknown. */
  public OptionalLong total() {
    throw new UnsupportedOperationException();
  }

  /** Our own strong ETag with quotes: the same from the first byte to after any restart. */
  public String etag() {
    throw new UnsupportedOperationException();
  }

  /** Epoch seconds when the generation began; for Age. */
  public long begun() {
    throw new UnsupportedOperationException();
  }

  /** What is present; a value, cheap, without a lock. */
  public RangeSet present() {
    throw new UnsupportedOperationException();
  }

  /** Whether the total is known and every byte present. */
  public boolean isComplete() {
    throw new UnsupportedOperationException();
  }

  /** Whether a newer generation has taken this one's place. */
  public boolean isSuperseded() {
    throw new UnsupportedOperationException();
  }

  /** A hold on the bytes from {@code position} on; close it. */
  public Reader reader(long position) {
    throw new UnsupportedOperationException();
  }

  /**
   * Writes the bytes of {@code data} that are not yet present, publishes them and wakes whoever
   * waits. Blocks on the disk: platform threads only.
   *
   * @param offset of the first byte of {@code data} in the title
   * @param data is consumed; direct
   * @throws StoreException the bytes are not stored and not published
   */
  public void write(long offset, ByteBuffer data) throws StoreException {
    throw new UnsupportedOperationException();
  }

  /** The provider ended cleanly at {@code total}: the length is known from now on. */
  public void ended(long total) {
    throw new UnsupportedOperationException();
  }

  /**
   * Waits until the byte at {@code position} is present, the total becomes known to be at or below
   * it, {@code stop} says so (asked after each {@link #wake}), or no byte at all has been written
   * for {@code idle}. Parks; fit for virtual threads.
   *
   * @return end of the present run from {@code position}; {@code position} when the wait was in
   *     vain
   */
  public long await(long position, Duration idle, BooleanSupplier stop)
      throws InterruptedException {
    throw new UnsupportedOperationException();
  }

  /** Makes every waiter ask its {@code stop} again. Never blocks for the disk. */
  public void wake() {
    throw new UnsupportedOperationException();
  }
}
