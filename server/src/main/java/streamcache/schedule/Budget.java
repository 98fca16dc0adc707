package streamcache.schedule;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * How many connections an account may have, and how many it has. A connection counts from the
 * decision to open it until the provider surely no longer counts it. Part of an account; times are
 * monotonic nanoseconds.
 *
 * <p>What a provider does not state is learned from its refusals: that it allows fewer connections
 * than assumed, and how long it counts a closed one.
 */
final class Budget {

  /** Time for our reset to reach the provider before the next connection does. */
  private static final Duration SETTLE = Duration.ofMillis(100);

  /** Within this time after a close, a refusal may still be due to the closed connection. */
  private static final Duration SUSPECT = Duration.ofSeconds(60);

  /**
   * While others are open, a refusal is more likely due to them. Yet within this time after a close
   * it may be due to the closed one, since panels count it for 2 to 13 s. The holds of four
   * refusals last as long.
   */
  private static final Duration SUSPECT_BESIDE_OPEN = Duration.ofSeconds(15);

  /** Added to the time after which a provider still counted a closed connection. */
  private static final Duration COOL_DOWN_MARGIN = Duration.ofSeconds(1);

  /**
   * Longer than any panel is known to count a closed connection; a longer delay has another cause.
   */
  private static final Duration LONGEST_COOL_DOWN = Duration.ofSeconds(35);

  /** After this long without a new observation, the learned cool-down is halved. */
  private static final Duration FORGOTTEN = Duration.ofHours(1);

  /**
   * Within this time after an earlier run was last seen, its connections may still be counted. The
   * last record of a killed run is up to a minute old.
   */
  private static final Duration JUST_NOW = Duration.ofMinutes(2);

  private static final Duration LONGEST_HOLD = Duration.ofSeconds(30);
  private static final Duration LONGEST_SUSPICION = Duration.ofSeconds(4);

  private final AdaptiveLimit limit;
  private final RefusalTally tally = new RefusalTally();
  private final AccountHold hold;
  private final SoonestAcceptance soonest;
  private Optional<Duration> knownCoolDown;
  private final Deque<Long> coolUntil = new ArrayDeque<>();
  private int active;
  private Duration coolDown = Duration.ZERO;
  private long learnedAt;
  private long lastClose;

  private boolean hasClosed;

  /** How long after the last close a request was still refused; zero when none was. */
  private Duration refusedSince = Duration.ZERO;

  /**
   * @param allowed connections, at least 1
   * @param knownCoolDown how long the provider counts a closed connection; empty if that is to be
   *     learned
   */
  Budget(int allowed, Optional<Duration> knownCoolDown, long now) {
    this.limit = new AdaptiveLimit(allowed);
    this.knownCoolDown = knownCoolDown;
    this.hold = new AccountHold(now);
    this.soonest = new SoonestAcceptance(LONGEST_COOL_DOWN, now);
  }

  /** The provider states how many connections it allows. */
  void allow(int stated) {
    limit.allow(stated);
  }

  /** The operator has changed what is known for certain. */
  void change(int allowed, Optional<Duration> known) {
    limit.change(allowed);
    knownCoolDown = known;
  }

  /** A connection to the provider is being opened. */
  void opened() {
    active++;
  }

  /**
   * A connection has ended.
   *
   * @param cut whether we cut it, so that the provider has yet to notice
   */
  void closed(boolean cut, long now) {
    active--;
    Duration count = cut ? SETTLE.plus(coolDown(now)) : coolDown(now);
    if (count.isPositive()) {
      coolUntil.add(now + count.toNanos());
    }
    hasClosed = true;
    lastClose = now;
    refusedSince = Duration.ZERO;
  }

  /** The number of connections that the provider allows, as far as known. */
  int most(long now) {
    return limit.most(now);
  }

  /** The number of connections that may be opened now. */
  int free(long now) {
    return isHeld(now) ? 0 : Math.max(0, most(now) - active - cooling(now));
  }

  /** Whether the passing of time frees a slot within {@code within} nanoseconds. */
  boolean isFreeWithin(long within, long now) {
    cooling(now);
    long until = now + within;
    long counted = active + coolUntil.stream().filter(each -> each - until > 0).count();
    return !isHeld(until) && most(now) > counted;
  }

  /** The connections that are closed here and may still count at the provider. */
  int cooling(long now) {
    coolUntil.removeIf(until -> until - now <= 0);
    return coolUntil.size();
  }

  /** The connections that are open or about to be. */
  int active() {
    return active;
  }

  /** The active connections other than the one in question. */
  int others() {
    return active - 1;
  }

  /**
   * Restores what an earlier run has learned.
   *
   * @param quiet time since it last had a connection; empty if that was long ago
   */
  void remember(Learned known, Optional<Duration> quiet, long now) {
    known.limit().ifPresent(lesson -> remember(lesson, now));
    if (known.coolDown().isPositive()) {
      remember(known.coolDown(), known.coolDownAge(), now);
    }
    quiet.ifPresent(since -> wasQuiet(since, now));
  }

  /** The provider may still count connections that an earlier run closed. */
  private void wasQuiet(Duration since, long now) {
    Duration rest = coolDown(now).minus(since);
    if (rest.isPositive()) {
      hold(rest, now);
    }
    if (since.compareTo(JUST_NOW) < 0) {
      mayCountEarlierOnes(now);
    }
  }

  /**
   * Restores the cool-down that an earlier run learned from refusals.
   *
   * @param learned how long ago it was learned
   */
  void remember(Duration known, Duration learned, long now) {
    coolDown = shorter(known, LONGEST_COOL_DOWN);
    learnedAt = now - learned.toNanos();
  }

  /** The connection limit learned from refusals. */
  Optional<Learned.Limit> lesson(long now) {
    return limit.lesson(now);
  }

  /** Restores the connection limit that an earlier run learned. */
  void remember(Learned.Limit lesson, long now) {
    limit.remember(lesson, now);
  }

  /** The provider may still count connections that an earlier run had open a moment ago. */
  void mayCountEarlierOnes(long now) {
    hasClosed = true;
    lastClose = now;
  }

  /** Nothing may be opened for {@code time}; a longer hold stays in force. */
  void hold(Duration time, long now) {
    hold.extend(time, now);
  }

  /** One of the active connections was never made; the provider has not seen it. */
  void unopened() {
    active--;
  }

  /** How long ago {@link #learnedCoolDown} was learned. */
  Duration sinceLearned(long now) {
    return Duration.ofNanos(now - learnedAt);
  }

  /** How long a closed connection still counts: as configured, else as learned. */
  Duration coolDown(long now) {
    return knownCoolDown.orElseGet(() -> learnedCoolDown(now));
  }

  /** The cool-down learned from refusals; it is halved over time. */
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
   * Whether the refusal of an active connection may be due to our other connections: those that are
   * open or were just closed.
   */
  boolean mayBeToBlame(long now) {
    return others() > 0 || hasClosedLately(now);
  }

  private boolean hasClosedLately(long now) {
    return hasClosed && now - lastClose < SUSPECT.toNanos();
  }

  /** {@code connections} connections deliver bytes at once. */
  void bears(int connections, long now) {
    tally
        .bears(connections, now)
        .ifPresent(since -> counts(since, since.plus(COOL_DOWN_MARGIN), now));
  }

  /** The provider delivers bytes: it no longer refuses what it refused before. */
  void accepted(long now) {
    hold.accepted();
    limit.bears(active);
    if (active >= most(now)) {
      sinceClose(now).ifPresent(since -> soonest.accepted(since, isSuspect(since), now));
    }
  }

  /**
   * A refusal long after a close, which an acceptance soon after one contradicts; see {@link
   * SoonestAcceptance#contradicts}.
   */
  void contradicts() {
    soonest.contradicts();
  }

  /**
   * Whether the allowed number of connections was recently open sooner after a close than {@code
   * sinceClose}. An ambiguous refusal then had another cause. Without this check, one 503 in a
   * hundred would teach ever longer cool-downs; found by the soak.
   */
  boolean hasBorneWithin(Duration sinceClose, long now) {
    return soonest.isWithin(sinceClose, now);
  }

  /**
   * The provider refused one of the active connections, saying that it was one too many; it never
   * counted the refused connection.
   *
   * @param jitter 0 to 1, so that several instances do not retry at the same moment
   * @return how long the account is on hold
   */
  Duration refused(double jitter, long now) {
    rejected(now);
    Optional<Duration> suspect = sinceClose(now).filter(Budget::isSuspect);
    tally.refused(active + cooling(now), suspect);
    if (active > 0 && suspect.isEmpty()) {
      allowsOnly(active, now);
    }
    tally.allowed().ifPresent(allowed -> allowsOnly(allowed, now));
    limit.refused(now);
    return hold.refused(LONGEST_HOLD, jitter, now);
  }

  /**
   * Whether an ambiguous refusal is most likely due to closed connections: the refused one used the
   * last allowed slot, another was closed a moment ago, and none was accepted so soon after a
   * close.
   */
  boolean isClosedToBlame(long now) {
    Optional<Duration> since = sinceClose(now);
    return others() >= most(now) - 1
        && isSuspect(since)
        && !hasBorneWithin(since.orElseThrow(), now);
  }

  /**
   * One of the active connections was refused, most likely because of closed ones. The account is
   * put on hold for a while; otherwise each of its titles would be refused in turn.
   */
  void suspected(double jitter, long now) {
    rejected(now);
    var _ = hold.refused(LONGEST_SUSPICION, jitter, now);
  }

  /**
   * Whether a refusal beside open connections may be due to one closed {@code sinceClose} earlier.
   */
  static boolean isSuspect(Optional<Duration> sinceClose) {
    return sinceClose.filter(Budget::isSuspect).isPresent();
  }

  private static boolean isSuspect(Duration sinceClose) {
    return sinceClose.compareTo(SUSPECT_BESIDE_OPEN) < 0;
  }

  /** Time since our last connection was closed; empty when that is too long ago to matter. */
  Optional<Duration> sinceClose(long now) {
    return hasClosedLately(now) ? Optional.of(Duration.ofNanos(now - lastClose)) : Optional.empty();
  }

  /**
   * The provider has shown how long it counted a closed connection.
   *
   * @param refused time after the close at which it still refused a connection; it may have refused
   *     another one later
   * @param accepted time after the close at which it accepted one
   */
  void counts(Duration refused, Duration accepted, long now) {
    Duration latest = longer(refused, refusedSince);
    Duration seen = shorter(latest.plus(COOL_DOWN_MARGIN), accepted);
    coolDown = shorter(longer(learnedCoolDown(now), seen), LONGEST_COOL_DOWN);
    learnedAt = now;
  }

  /**
   * One of the active connections was refused and never counted; the reason may lie in its title.
   */
  void rejected(long now) {
    active--;
    sinceClose(now).ifPresent(since -> refusedSince = since);
  }

  /** The provider has shown that it allows no more than {@code connections}. */
  void allowsOnly(int connections, long now) {
    limit.lower(connections, now);
  }

  /** Whether the provider counts closed connections, and therefore surely counts idle ones. */
  boolean countsClosed(long now) {
    return coolDown(now).isPositive();
  }

  /** Whether time alone may free a slot soon. */
  boolean isSettling(long now) {
    return cooling(now) > 0 || isHeld(now);
  }

  /** Whether no connection is open, still counted or suspected of being counted. */
  boolean isQuiet(long now) {
    return active == 0 && cooling(now) == 0 && !isHeld(now) && !hasClosedLately(now);
  }

  /** Whether the account is on hold, so that nothing may be opened. */
  boolean isHeld(long now) {
    return hold.isOn(now);
  }

  /** How long nothing may be opened; zero if the account is not on hold. */
  Duration held(long now) {
    return hold.left(now);
  }

  /** Nanoseconds until time alone may free a slot; 0 when none is cooling down or on hold. */
  long nextChange(long now) {
    long next = isHeld(now) ? held(now).toNanos() : Long.MAX_VALUE;
    cooling(now);
    for (long until : coolUntil) {
      next = Math.min(next, until - now);
    }
    return next == Long.MAX_VALUE ? 0 : next;
  }
}
