package streamcache.fill;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How many connections an account may have and has: from the moment one is decided on until the
 * provider surely no longer counts it. Guarded by the account's lock; times are monotonic
 * nanoseconds.
 *
 * <p>Public for the simulator in {@code bench} alone. What a provider does not tell is learned from
 * its refusals: that fewer connections are allowed than was thought, and how long it counts one
 * that is closed.
 */
public final class Budget {

  /** For our reset to reach the provider before the next connection does. */
  private static final Duration SETTLE = Duration.ofMillis(100);

  /** A refusal this long after a close may still be about the closed connection. */
  private static final Duration SUSPECT = Duration.ofSeconds(60);

  /** While others are open it is sooner about them: fewer are allowed than was thought. */
  private static final Duration SUSPECT_BESIDE_OPEN = Duration.ofSeconds(15);

  /** What is added to the time after which a provider still counted a closed connection. */
  private static final Duration COOL_DOWN_MARGIN = Duration.ofSeconds(1);

  private static final Duration LONGEST_COOL_DOWN = Duration.ofSeconds(60);
  private static final Duration FIRST_HOLD = Duration.ofSeconds(1);
  private static final Duration LONGEST_HOLD = Duration.ofSeconds(30);
  private static final double JITTER = 0.25;

  /** After this long without a refusal one more connection is tried. */
  private static final Duration CLEAN = Duration.ofMinutes(10);

  private final int allowed;
  private final Deque<Long> coolUntil = new ArrayDeque<>();
  private int most;
  private int active;
  private Duration coolDown = Duration.ZERO;

  /** What {@link #coolDown} was before the refusals that are not explained yet. */
  private Duration provenCoolDown = Duration.ZERO;

  private long lastClose;
  private boolean hasClosed;
  private long lastRefusal;
  private int refusals;
  private long heldUntil;

  /**
   * @param allowed connections, at least 1
   */
  public Budget(int allowed, long now) {
    this.allowed = allowed;
    this.most = allowed;
    this.heldUntil = now;
  }

  /** A connection is on its way to the provider. */
  public void opened() {
    active++;
  }

  /**
   * A connection is over.
   *
   * @param cut by us, so that the provider has yet to notice
   */
  public void closed(boolean cut, long now) {
    active--;
    Duration count = cut ? SETTLE.plus(coolDown) : coolDown;
    if (count.isPositive()) {
      coolUntil.add(now + count.toNanos());
    }
    hasClosed = true;
    lastClose = now;
  }

  /** How many the provider allows, as far as is known. */
  public int most(long now) {
    if (most < allowed && now - lastRefusal >= CLEAN.toNanos()) {
      most++;
      lastRefusal = now;
    }
    return most;
  }

  /** How many may be opened now. */
  public int free(long now) {
    return isHeld(now) ? 0 : Math.max(0, most(now) - active - cooling(now));
  }

  /** Those that are closed here and may still count there. */
  public int cooling(long now) {
    coolUntil.removeIf(until -> until - now <= 0);
    return coolUntil.size();
  }

  /** How many are open or on their way. */
  public int active() {
    return active;
  }

  /** How long the provider counts a connection that is closed, as far as is known. */
  public Duration coolDown() {
    return coolDown;
  }

  /**
   * Whether a refusal may be about our own connections: those that are open or were just closed.
   */
  public boolean mayBeToBlame(long now) {
    return active > 0 || (hasClosed && now - lastClose < SUSPECT.toNanos());
  }

  /** The provider gives bytes: what it refused before it does not refuse now. */
  public void accepted() {
    refusals = 0;
    provenCoolDown = coolDown;
  }

  /**
   * The provider refused one of the active connections as one too many; it never counted that one.
   *
   * @param jitter 0 to 1, so that several of us do not come back at the same moment
   * @return how long it is left alone
   */
  public Duration refused(double jitter, long now) {
    active--;
    lastRefusal = now;
    if (mayStillCount(now)) {
      Duration counted = Duration.ofNanos(now - lastClose).plus(COOL_DOWN_MARGIN);
      Duration longer = counted.compareTo(coolDown) > 0 ? counted : coolDown;
      coolDown = longer.compareTo(LONGEST_COOL_DOWN) < 0 ? longer : LONGEST_COOL_DOWN;
    } else if (active > 0) {
      most = Math.max(1, Math.min(most, active));
      coolDown = provenCoolDown;
    }
    Duration hold = FIRST_HOLD.multipliedBy(1L << Math.min(refusals, 10));
    hold = hold.compareTo(LONGEST_HOLD) < 0 ? hold : LONGEST_HOLD;
    refusals++;
    hold = hold.plusMillis((long) (hold.toMillis() * JITTER * jitter));
    heldUntil = now + hold.toNanos();
    return hold;
  }

  /** Whether a refusal is about a connection that was closed rather than those that are open. */
  private boolean mayStillCount(long now) {
    Duration suspect = active == 0 ? SUSPECT : SUSPECT_BESIDE_OPEN;
    return hasClosed && now - lastClose < suspect.toNanos();
  }

  boolean isHeld(long now) {
    return heldUntil - now > 0;
  }

  /**
   * Nanoseconds until the next connection comes free by time alone; 0 when none is cooling or held.
   */
  public long nextChange(long now) {
    long next = isHeld(now) ? heldUntil - now : Long.MAX_VALUE;
    cooling(now);
    for (long until : coolUntil) {
      next = Math.min(next, until - now);
    }
    return next == Long.MAX_VALUE ? 0 : next;
  }
}
