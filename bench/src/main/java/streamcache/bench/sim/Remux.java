package streamcache.bench.sim;

import org.jspecify.annotations.Nullable;

/** Reads a film from one end to the other as fast as it comes: subtitle extraction, a remux. */
final class Remux implements Client {

  private static final double NETWORK = 50e6;

  /** After an error it asks again this much later. */
  private static final double RETRY = 10;

  private static final double PLENTY = 3600;

  private final Film film;
  private final double begins;
  private @Nullable Reading reading;
  private double retryAt;

  Remux(Film film, double begins) {
    this.film = film;
    this.begins = begins;
  }

  @Override
  public void advance(double now) {
    if (now < begins || now < retryAt) {
      return;
    }
    Reading open = reading;
    if (open == null) {
      open = film.open(this, 0, now);
      reading = open;
    }
    open.take((long) (NETWORK * Clock.STEP), now);
    if (open.isFailed()) {
      open.leave();
      reading = null;
      retryAt = now + RETRY;
    }
  }

  /** Nobody waits for it: it counts as one that has plenty. */
  @Override
  public double ahead() {
    return PLENTY;
  }
}
