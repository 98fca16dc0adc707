package streamcache.bench.sim;

import org.jspecify.annotations.Nullable;

/** Reads a film from end to end as fast as possible: subtitle extraction, a remux. */
final class Remux implements SimulatedClient {

  private static final double NETWORK = 50e6;

  /** Seconds after an error until it sends the request again. */
  private static final double RETRY = 10;

  private static final double PLENTY = 3600;

  private final SimulatedFilm film;
  private final double begins;
  private @Nullable Reading reading;
  private double retryAt;

  Remux(SimulatedFilm film, double begins) {
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

  /** No viewer waits for it, so it counts as having plenty. */
  @Override
  public double ahead() {
    return PLENTY;
  }
}
