package streamcache.live;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory the windows of all channels may take together. Any thread.
 *
 * <p>The memory is outside the heap, so that neither the size of the heap nor its collector limits
 * it. One household watches few channels at a time; where there are more, the later ones get
 * shorter windows and no viewer is refused.
 */
public final class WindowMemory {

  /** Windows of full size that fit at once. */
  private static final int FULL = 4;

  private final long window;
  private final AtomicLong taken = new AtomicLong();

  /**
   * @param window bytes of the window of one channel
   */
  public WindowMemory(long window) {
    this.window = window;
  }

  /** Bytes of the window of one channel. */
  long window() {
    return window;
  }

  /**
   * Takes memory for a window that already holds {@code held} bytes.
   *
   * @param least bytes that every window gets
   * @return false if the window is long enough, or all are together
   */
  boolean take(long bytes, long held, long least) {
    boolean isNeeded = held < least;
    if (!isNeeded && (held + bytes > window || taken.get() + bytes > FULL * window)) {
      return false;
    }
    taken.addAndGet(bytes);
    return true;
  }

  void give(long bytes) {
    taken.addAndGet(-bytes);
  }

  /** Bytes that all windows hold. */
  public long taken() {
    return taken.get();
  }
}
