package streamcache.schedule;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import streamcache.origin.Failure;

/**
 * Whether the provider of an account refuses requests because they carry a Range, as some do
 * whatever the range is (public report b08). Such a request is repeated once without one. If that
 * works, the requests of the account carry none from then on, except for a title now and then that
 * checks it again: a provider that was in trouble must not be read from the beginning for ever.
 * Part of an account; times are monotonic nanoseconds.
 */
final class RangeRefusals {

  /**
   * A provider that has given ranges may refuse them for one film only: this many titles in a row
   * must show that it no longer gives any.
   */
  private static final int PROOF_OF_CHANGE = 2;

  /**
   * After this many titles in a row that were refused without a Range as well, others are asked
   * rarely.
   */
  private static final int MOST_IN_VAIN = 3;

  /** How long they are not: a library of dead links must not cost two requests for each. */
  static final Duration PAUSE = Duration.ofMinutes(1);

  /** A title that begins so long after the lesson checks it; the time doubles with each check. */
  static final Duration FIRST_RECHECK = Duration.ofMinutes(1);

  private static final Duration LONGEST_RECHECK = Duration.ofDays(1);

  private final boolean hasRanges;
  private final ObservedProvider provider;
  private final Effects effects;

  /** Read by connections, without a lock. */
  private volatile boolean areLearned;

  /** Titles in a row whose range was refused and that were given without one. */
  private int shown;

  /** Titles in a row that were refused in both ways. */
  private int vain;

  private long lastVain;

  /** When the lesson was last checked; null before the first title that knows of it. */
  private @Nullable Long checkedAt;

  private Duration nextCheck = FIRST_RECHECK;

  /**
   * @param hasRanges whether requests may carry a Range, according to the settings
   */
  RangeRefusals(boolean hasRanges, ObservedProvider provider, Effects effects) {
    this.hasRanges = hasRanges;
    this.provider = provider;
    this.effects = effects;
    this.areLearned = provider.refusesRanges();
  }

  /** Whether the provider supports ranges, according to the settings. */
  boolean areExpected() {
    return hasRanges;
  }

  /** Whether requests carry a Range. Any thread, no lock. */
  boolean sendsRange() {
    return hasRanges && !areLearned;
  }

  /** Whether the title that begins now is to check the lesson: its requests carry a Range. */
  boolean isRechecked(long now) {
    Long last = checkedAt;
    if (!hasRanges || !areLearned) {
      return false;
    }
    boolean isDue = last != null && now - last >= nextCheck.toNanos();
    if (isDue) {
      Duration doubled = nextCheck.multipliedBy(2);
      nextCheck = doubled.compareTo(LONGEST_RECHECK) < 0 ? doubled : LONGEST_RECHECK;
    }
    if (isDue || last == null) {
      checkedAt = now;
    }
    return isDue;
  }

  /**
   * Whether a refusal may be due to the Range of the request. What servers also report while they
   * are briefly in trouble must have been seen twice in a row, as must any refusal of a title of
   * which ranges were given; and a provider that says when to ask again is not asked sooner. An
   * account that has given ranges means its statuses of trouble and of limits as such: without a
   * Range, a film that is resumed after a pause of the provider would start over.
   *
   * @param start the offset that was requested
   * @param attempts earlier failures in a row
   */
  boolean mayBeMeant(Failure failure, long start, ObservedTitle stored, int attempts) {
    if (attempts == 0 && stored.isKnown() && provider.givesRanges()) {
      return false;
    }
    boolean isNew = !provider.givesRanges();
    int status = failure.upstreamStatus().orElse(0);
    return switch (failure) {
      case Failure.Denied _ -> isNew && status == 403;
      case Failure.Busy busy ->
          isNew && status == 503 && busy.retryAfter().isEmpty() && attempts > 0;
      // A 416 at the end, or one that states where the end is, means what it says.
      case Failure.OutOfRange none -> none.total().isEmpty() && start < stored.total().orElse(0);
      case Failure.Broken _ ->
          switch (status) {
            // Parts of which nothing shows where they belong.
            case 200, 206 -> true;
            case 400, 406, 412, 416, 417, 501 -> true;
            case 500, 502 -> isNew && attempts > 0;
            // 504 and 520 and above are of gateways that did not reach the server.
            default -> isNew && status > 504 && status < 520;
          };
      case Failure.Gone _,
          Failure.Limit _,
          Failure.Occupied _,
          Failure.Unreachable _,
          Failure.Unverified _,
          Failure.Slow _,
          Failure.Fake _,
          Failure.Forbidden _,
          Failure.Changed _ ->
          false;
    };
  }

  /** Whether a refused title may be asked for without a Range. */
  boolean mayAskWithout(long now) {
    return vain < MOST_IN_VAIN || now - lastVain >= PAUSE.toNanos();
  }

  /** A title was refused without a Range as well. */
  void refusedAnyway(long now) {
    vain++;
    lastVain = now;
  }

  /** A title whose range was refused is given without one. */
  void givenWithout() {
    vain = 0;
    shown++;
    if (!areLearned && shown >= (provider.givesRanges() ? PROOF_OF_CHANGE : 1)) {
      areLearned = true;
      effects.add(new Effect.LearnRangesRefused(true));
    }
  }

  /** A request with a Range was accepted. */
  void accepted() {
    shown = 0;
    if (areLearned) {
      areLearned = false;
      checkedAt = null;
      nextCheck = FIRST_RECHECK;
      effects.add(new Effect.LearnRangesRefused(false));
    }
  }
}
