package streamcache.bench.explore;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import streamcache.bench.sim.Watching;
import streamcache.schedule.AccountEvent;
import streamcache.schedule.BufferEstimator;
import streamcache.schedule.DemandTerms;
import streamcache.schedule.ObservedReader;
import streamcache.schedule.ObservedVisit;
import streamcache.settings.PlayerWaits;

/** A player that follows its {@link Plot}, one request after another. */
final class ExploredViewer {

  private static final double ANSWER_WITHIN = PlayerWaits.USUAL.answer().toMillis() / 1e3;
  private static final double PLACE_WITHIN = PlayerWaits.USUAL.place().toMillis() / 1e3;
  private static final double NEXT_BYTE_WITHIN = PlayerWaits.USUAL.nextByte().toMillis() / 1e3;
  private static final double RETRY = 3;
  private static final double PAUSE = 30;
  private static final double AWAY = 60;
  private static final long PROBE = 1_000_000;
  private static final long STEP_BYTES = 4L << 20;

  private final Plot plot;
  private final Stored film;
  private final Random random;
  private final Account account;
  private @Nullable Asking asking;
  private long position;
  private double buffered;
  private double comesAt;
  private double goesAt;
  private double seeksAt;
  private double pausesAt;
  private double pausedUntil;
  private boolean isProbingTail;
  private boolean isSteady;
  private long taken;

  /** The account as a viewer sees it. */
  interface Account {
    long number();

    void on(AccountEvent event);

    double now();

    /** Whether a connection that delivers bytes is on its way to the demand. */
    boolean isServed(long demand);

    /** Whether such a connection will arrive by itself within the given seconds. */
    boolean isInSight(long demand, double within);
  }

  /** One request. */
  private static final class Asking implements ObservedReader {
    private final long number;
    private final Stored film;
    private final BufferEstimator estimator;
    private long position;
    private final long end;
    private long watched;
    private boolean isBlocked = true;
    private double waitsSince;
    private boolean isOver;
    private boolean passes;

    Asking(long number, Stored film, long position, long end, double now) {
      this.number = number;
      this.film = film;
      this.position = position;
      this.end = end;
      this.waitsSince = now;
      this.estimator = new BufferEstimator(film.bitrate(), (long) (now * 1e9));
    }

    private OptionalLong total() {
      return OptionalLong.of(film.length());
    }

    @Override
    public long position() {
      return position;
    }

    @Override
    public long end() {
      return end;
    }

    @Override
    public long watched() {
      return watched;
    }

    @Override
    public double rate() {
      return estimator.rate(total());
    }

    @Override
    public double claims(long now) {
      return estimator.claims(total(), now);
    }

    @Override
    public double buffered(long now) {
      return estimator.buffered(total(), now);
    }
  }

  ExploredViewer(Plot plot, Stored film, Random random, Account account) {
    this.plot = plot;
    this.film = film;
    this.random = random;
    this.account = account;
    this.comesAt = plot.arrives();
    plan(plot.arrives());
  }

  private void plan(double now) {
    goesAt = now + plot.staysFor();
    seeksAt = plot.seekEvery() > 0 ? now + plot.seekEvery() : Double.MAX_VALUE;
    pausesAt = plot.pauseEvery() > 0 ? now + plot.pauseEvery() : Double.MAX_VALUE;
  }

  /** From now on the viewer only plays. */
  void isSteady(double now) {
    isSteady = true;
    taken = 0;
    comesAt = Math.min(comesAt, now);
    pausedUntil = now;
    if (position >= film.length()) {
      position = 0;
    }
  }

  /**
   * Whether it has received some seconds of film, or everything there is, since {@link #isSteady}.
   */
  boolean isContent() {
    return taken >= Math.min(10 * Math.min(plot.rate(), 3e6), film.length() / 2.0)
        || position >= film.length();
  }

  /** Fails the demand of that number. */
  void fails(long demand) {
    Asking open = asking;
    if (open != null && open.number == demand) {
      open.isOver = true;
    }
  }

  /** Moves the demand of that number past the store; returns whether it belongs to this viewer. */
  boolean passes(long demand) {
    Asking open = asking;
    if (open == null || open.number != demand) {
      return false;
    }
    open.passes = true;
    return true;
  }

  /** Whether the demand of that number still bypasses the store. */
  boolean isPassing(long demand) {
    Asking open = asking;
    return open != null && open.number == demand && open.passes;
  }

  long position() {
    return position;
  }

  Stored film() {
    return film;
  }

  /** Whether its request still lacks bytes. */
  boolean isMissingBytes() {
    Asking open = asking;
    return open != null && position < Math.min(open.end, film.length());
  }

  /** Bytes arrived that bypass the store. */
  long takesPast(long bytes) {
    long count = Math.min(bytes, room());
    gets(count);
    return count;
  }

  /** The demand is served from the store again. */
  void resumes() {
    Asking open = asking;
    if (open != null) {
      open.passes = false;
      open.position = position;
    }
  }

  void leaves() {
    Asking open = asking;
    if (open != null) {
      asking = null;
      account.on(new AccountEvent.DemandLeft(open.number));
    }
  }

  /** The process is killed, and its request ends with it. */
  void isCut(double now) {
    asking = null;
    comesAt = now + RETRY;
  }

  void step(double seconds, double now) {
    plays(seconds, now);
    if (!isSteady) {
      acts(now);
    }
    if (asking == null && now >= comesAt && position < film.length()) {
      asks(now);
    }
    if (asking != null) {
      reads(now);
    }
  }

  private void plays(double seconds, double now) {
    if (now >= pausedUntil) {
      buffered = Math.max(0, buffered - plot.rate() * seconds);
    }
  }

  private void acts(double now) {
    if (now >= goesAt) {
      leaves();
      comesAt = now + AWAY;
      plan(now + AWAY);
    } else if (now >= seeksAt) {
      leaves();
      position = random.nextLong(film.length());
      buffered = 0;
      comesAt = now;
      seeksAt = now + (random.nextInt(3) == 0 ? 0.3 : plot.seekEvery());
    } else if (now >= pausesAt) {
      pausedUntil = now + PAUSE;
      pausesAt = pausedUntil + plot.pauseEvery();
    }
  }

  private void asks(double now) {
    boolean isProbe = plot.isProbe() && !isSteady;
    if (isProbe) {
      position = isProbingTail ? Math.max(0, film.length() - PROBE) : 0;
      isProbingTail = !isProbingTail;
    }
    long end = isProbe ? Math.min(film.length(), position + PROBE) : Long.MAX_VALUE;
    Asking made = new Asking(account.number(), film, position, end, now);
    asking = made;
    DemandTerms terms =
        new DemandTerms(
            film.link(), /* factsOnly= */ false, "player", /* isTrusted= */ true, visit());
    account.on(new AccountEvent.DemandCame(made.number, film.link().key(), film, made, terms));
    account.on(new AccountEvent.TimePassed());
  }

  private static Optional<ObservedVisit> visit() {
    return Optional.of(new Watching());
  }

  private void reads(double now) {
    Asking open = asking;
    if (open == null || open.passes) {
      return;
    }
    if (open.isOver || isLate(open, now)) {
      leaves();
      comesAt = now + RETRY;
      return;
    }
    if (open.position >= Math.min(open.end, film.length())) {
      leaves();
      comesAt = now + RETRY;
      return;
    }
    long here = film.isKnown() ? film.present().presentUntil(open.position) : open.position;
    long count = Math.min(Math.min(here, open.end) - open.position, Math.min(room(), STEP_BYTES));
    if (here == open.position && room() > 0) {
      waits(open, now);
    } else if (count > 0) {
      takes(open, count, now);
    }
  }

  private boolean isLate(Asking open, double now) {
    if (!open.isBlocked) {
      return false;
    }
    double waited = now - open.waitsSince;
    if (open.watched > 0 || waited <= ANSWER_WITHIN || account.isServed(open.number)) {
      return waited > NEXT_BYTE_WITHIN;
    }
    return !account.isInSight(open.number, Math.max(0, PLACE_WITHIN - waited));
  }

  private void waits(Asking open, double now) {
    if (!open.isBlocked) {
      open.isBlocked = true;
      open.waitsSince = now;
      account.on(new AccountEvent.DemandBlocked(open.number));
    }
  }

  private void takes(Asking open, long count, double now) {
    if (open.isBlocked) {
      open.isBlocked = false;
      account.on(new AccountEvent.DemandUnblocked(open.number));
    }
    long nanos = (long) (now * 1e9);
    open.estimator.sends(open.total(), nanos);
    open.estimator.sent(count, open.total(), nanos);
    open.watched += count;
    gets(count);
    open.position = position;
  }

  private void gets(long count) {
    position += count;
    buffered += count;
    taken += count;
  }

  private long room() {
    return (long) Math.max(0, Math.min(plot.buffer(), STEP_BYTES * 8) - buffered);
  }
}
