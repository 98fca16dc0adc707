package streamcache.store;

import java.util.Optional;

/** A playback's hold on a generation. Used by one thread; close it. */
public final class Reader implements AutoCloseable {

  Reader() {}

  /**
   * The present bytes from {@code position} on, at most {@code most}, and moves the hold there:
   * bytes before it may be given up. Empty when the byte is absent. Never touches the disk.
   */
  public Optional<Extent> at(long position, long most) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
