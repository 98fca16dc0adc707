package streamcache.fill;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * How many connections an account may have and has: from the moment one is decided on until the
 * provider surely no longer counts it. Guarded by the account's lock; times are monotonic
 * nanoseconds. Public for the simulator in {@code bench} alone.
 *
 * <p>What a provider does not tell is learned from its refusals: that fewer connections are allowed
 * than was thought, and how long it counts one that is closed.
 */
public final class Budget {

  /** For our reset to reach the provider before the next connection does. */
  private static final Duration SETTLE = Duration.ofMillis(100);

  /** A refusal this long after a close may still be about the closed connection. */
  private static final Duration SUSPECT = Duration.ofSeconds(60);

  /**
   * While others are open a refusal is sooner about them; yet this long after a close it may be
   * about the closed one, since panels count it for 2 to 13 s. The holds of four refusals last as
   * long.
   */
  private static final Duration SUSPECT_BESIDE_OPEN = Duration.ofSeconds(15);

  /** What is added to the time after which a provider still counted a closed connection. */
  private static final Duration COOL_DOWN_MARGIN = Duration.ofSeconds(1);

  /** For so long what was seen of a provider is taken to hold. */
  private static final Duration PROOF = Duration.ofMinutes(10);

  /** Longer than any panel is known to count; what looks longer has another reason. */
  private static final Duration LONGEST_COOL_DOWN = Duration.ofSeconds(20);

  /** After this long without a new lesson half of the cool-down is forgotten. */
  private static final Duration FORGOTTEN = Duration.ofHours(1);

  private static final Duration FIRST_HOLD = Duration.ofSeconds(1);
  private static final Duration LONGEST_HOLD = Duration.ofSeconds(30);
  private static final Duration LONGEST_SUSPICION = Duration.ofSeconds(4);
  private static final double JITTER = 0.25;

  private final Ceiling ceiling;
  private final Optional<Duration> knownCoolDown;
  private final Deque<Long> coolUntil = new ArrayDeque<>();
  private int active;
  private Duration coolDown = Duration.ZERO;
  private long learnedAt;
  private long lastClose;

  /** The shortest time after a close at which as many were open as are allowed. */
  private Duration soonest = LONGEST_COOL_DOWN;

  private long soonestAt;
  private boolean hasClosed;

  /** How long after the last close something was still refused; zero when nothing was. */
  private Duration refusedSince = Duration.ZERO;

  private int refusals;
  private long heldUntil;

  /**
   * @param allowed connections, at least 1
   * @param knownCoolDown how long the provider counts a closed connection; empty: to be learned
   */
  public Budget(int allowed, Optional<Duration> knownCoolDown, long now) {
    this.ceiling = new Ceiling(allowed);
    this.knownCoolDown = knownCoolDown;
    this.heldUntil = now;
    this.soonestAt = now;
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
    Duration count = cut ? SETTLE.plus(coolDown(now)) : coolDown(now);
    if (count.isPositive()) {
      coolUntil.add(now + count.toNanos());
    }
    hasClosed = true;
    lastClose = now;
    refusedSince = Duration.ZERO;
  }

  /** How many the provider allows, as far as is known. */
  public int most(long now) {
    return ceiling.most(now);
  }

  /** How many may be opened now. */
  public int free(long now) {
    return isHeld(now) ? 0 : Math.max(0, most(now) - active - cooling(now));
  }

  /** Whether one may be opened now. */
  boolean hasPlace(long now) {
    return free(now) > 0;
  }

  /** Those that are closed here and may still count there. */
  public int cooling(long now) {
    coolUntil.removeIf(until -> until - now <= 0);
    return coolUntil.size();
  }

  /** Those beside one that is active. */
  int others() {
    return active - 1;
  }

  /**
   * What refusals have taught in an earlier run.
   *
   * @param learned how long ago
   */
  void remember(Duration known, Duration learned, long now) {
    coolDown = shorter(known, LONGEST_COOL_DOWN);
    learnedAt = now - learned.toNanos();
  }

  /** What refusals have taught of the number of connections. */
  Optional<Ceiling.Lesson> lesson(long now) {
    return ceiling.lesson(now);
  }

  /** The same from an earlier run. */
  void remember(Ceiling.Lesson lesson, long now) {
    ceiling.remember(lesson, now);
  }

  /** What an earlier run had open a moment ago the provider may count still. */
  void mayCountEarlierOnes(long now) {
    hasClosed = true;
    lastClose = now;
  }

  /** Nothing may be opened for so long. */
  void hold(Duration time, long now) {
    heldUntil = now + time.toNanos();
  }

  /** How long ago {@link #learnedCoolDown} was learned. */
  Duration sinceLearned(long now) {
    return Duration.ofNanos(now - learnedAt);
  }

  /** How long a closed connection counts on: as set, else what is learned. */
  public Duration coolDown(long now) {
    return knownCoolDown.orElseGet(() -> learnedCoolDown(now));
  }

  /** What refusals have taught; forgotten by halves. */
  Duration learnedCoolDown(long now) {
    while (coolDown.isPositive() && now - learnedAt >= FORGOTTEN.toNanos()) {
      learnedAt += FORGOTTEN.toNanos();
      coolDown = coolDown.compareTo(COOL_DOWN_MARGIN) < 0 ? Duration.ZERO : coolDown.dividedBy(2);
    }
    return coolDown;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  /**
   * Whether the refusal of an active connection may be about our own others: those that are open or
   * were just closed.
   */
  boolean mayBeToBlame(long now) {
    return others() > 0 || hasClosedLately(now);
  }

  private boolean hasClosedLately(long now) {
    return hasClosed && now - lastClose < SUSPECT.toNanos();
  }

  /** The provider gives bytes: what it refused before it does not refuse now. */
  public void accepted(long now) {
    refusals = 0;
    ceiling.bears(active);
    Optional<Duration> since = sinceClose(now);
    if (since.isPresent() && active >= most(now)) {
      boolean isOld = now - soonestAt >= PROOF.toNanos();
      soonest = isOld ? since.get() : shorter(soonest, since.get());
      soonestAt = now;
    }
  }

  /**
   * Whether as many as are allowed were open lately sooner after a close than that, so that a
   * refusal which may have any reason had another. Without this one 503 in a hundred would teach
   * that closed connections count for ever longer; found by the soak.
   */
  boolean hasBorneWithin(Duration sinceClose, long now) {
    return now - soonestAt < PROOF.toNanos() && soonest.compareTo(sinceClose) <= 0;
  }

  /**
   * The provider refused one of the active connections as one too many, and said so; it never
   * counted that one.
   *
   * @param jitter 0 to 1, so that several of us do not come back at the same moment
   * @return how long it is left alone
   */
  public Duration refused(double jitter, long now) {
    rejected(now);
    if (active > 0 && !isSuspect(sinceClose(now))) {
      allowsOnly(active, now);
    }
    ceiling.refused(now);
    return hold(LONGEST_HOLD, jitter, now);
  }

  /** Longer with every refusal in a row, up to {@code longest} and the jitter. */
  private Duration hold(Duration longest, double jitter, long now) {
    Duration hold = shorter(FIRST_HOLD.multipliedBy(1L << Math.min(refusals, 10)), longest);
    refusals++;
    hold = hold.plusMillis((long) (hold.toMillis() * JITTER * jitter));
    hold(hold, now);
    return hold;
  }

  /**
   * Whether a refusal which may have any reason is most likely about connections that are closed:
   * those that are open leave room, one was closed a moment ago, and none was borne so soon.
   */
  boolean isClosedToBlame(long now) {
    Optional<Duration> since = sinceClose(now);
    return others() >= most(now) - 1
        && isSuspect(since)
        && !hasBorneWithin(since.orElseThrow(), now);
  }

  /**
   * One of the active connections was refused, most likely for closed ones: with one title after
   * another the provider would be asked in vain as often as there are titles. It is left alone for
   * a while.
   */
  void suspected(double jitter, long now) {
    rejected(now);
    var _ = hold(LONGEST_SUSPICION, jitter, now);
  }

  /** Whether what was refused beside open connections may be about one closed so long before. */
  static boolean isSuspect(Optional<Duration> sinceClose) {
    return sinceClose.filter(since -> since.compareTo(SUSPECT_BESIDE_OPEN) < 0).isPresent();
  }

  /** Since the last of our connections was closed; empty when that is too long ago to matter. */
  Optional<Duration> sinceClose(long now) {
    return hasClosedLately(now) ? Optional.of(Duration.ofNanos(now - lastClose)) : Optional.empty();
  }

  /**
   * The provider has shown that it counted a closed connection for this long.
   *
   * @param refused how long after the close it still refused another; it may have refused a third
   *     one later
   * @param accepted how long after the close it did not
   */
  void counts(Duration refused, Duration accepted, long now) {
    Duration latest = longer(refused, refusedSince);
    Duration seen = shorter(latest.plus(COOL_DOWN_MARGIN), accepted);
    coolDown = shorter(longer(learnedCoolDown(now), seen), LONGEST_COOL_DOWN);
    learnedAt = now;
  }

  /** One of the active connections never counted, for a reason that may be its title's own. */
  void rejected(long now) {
    active--;
    sinceClose(now).ifPresent(since -> refusedSince = since);
  }

  /** The provider has shown that it allows no more than this. */
  void allowsOnly(int connections, long now) {
    ceiling.lower(connections, now);
  }

  /** Whether nothing is open, counted or suspected any more. */
  boolean isQuiet(long now) {
    return active == 0 && cooling(now) == 0 && !isHeld(now) && !hasClosedLately(now);
  }

  /** Whether the provider wants to be left alone. */
  public boolean isHeld(long now) {
    return heldUntil - now > 0;
  }

  /** When the next connection comes free by time alone; 0 when none is cooling or held. */
  public long nextChange(long now) {
    long next = isHeld(now) ? heldUntil - now : Long.MAX_VALUE;
    cooling(now);
    for (long until : coolUntil) {
      next = Math.min(next, until - now);
    }
    return next == Long.MAX_VALUE ? 0 : next;
  }
}
