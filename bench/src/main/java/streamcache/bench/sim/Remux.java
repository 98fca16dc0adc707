package streamcache.bench.sim;

import org.jspecify.annotations.Nullable;

/** Reads a film from one end to the other as fast as it comes: subtitle extraction, a remux. */
final class Remux implements Client {

  private static final double NETWORK = 50e6;

  /** After an error it asks again this much later. */
  private static final double RETRY = 10;

  private static final double PLENTY = 3600;

  private final World world;
  private final Copy copy;
  private final double begins;
  private @Nullable Request request;
  private double retryAt;

  Remux(World world, Copy copy, double begins) {
    this.world = world;
    this.copy = copy;
    this.begins = begins;
  }

  @Override
  public void advance(double now) {
    if (now < begins || now < retryAt) {
      return;
    }
    Request open = request;
    if (open == null) {
      open = world.request(this, copy, 0);
      request = open;
    }
    open.take((long) (NETWORK * Clock.STEP), now);
    if (open.isFailed()) {
      world.leave(open);
      request = null;
      retryAt = now + RETRY;
    }
  }

  /** Nobody waits for it: it counts as one that has plenty. */
  @Override
  public double ahead() {
    return PLENTY;
  }
}
