package streamcache.fill;

import java.time.Duration;
import java.time.Instant;
import streamcache.link.AccountId;
import streamcache.origin.HabitBook;
import streamcache.origin.Habits;

/** What an account learns of its provider and should know after a restart. Any thread; no I/O. */
record Memory(AccountId account, HabitBook book) {

  /** A lesson that has not been seen for as long is as good as forgotten. */
  private static final Duration OLDEST = Duration.ofDays(2);

  /** Until a killed run's last word, a minute old at the most, is no news any more. */
  private static final Duration JUST_NOW = Duration.ofMinutes(2);

  /** Of the way to the provider, from an earlier run. */
  Habits.Line line() {
    return book.of(account).line();
  }

  /** Whether the last stretch from the middle of a title was answered with the whole. */
  boolean ignoresRanges() {
    return !book.of(account).ranges().orElse(true);
  }

  /**
   * Gives a new budget what an earlier run has learned.
   *
   * @param limitIsSet then what was learned of that does not count
   */
  void restore(Budget budget, boolean limitIsSet, long now) {
    if (!limitIsSet) {
      restoreLimit(budget, now);
    }
    Habits.CoolDown known = book.of(account).coolDown();
    Duration age = Duration.between(known.learned(), book.now());
    if (known.time().isPositive() && age.compareTo(OLDEST) < 0) {
      budget.remember(known.time(), age.isNegative() ? Duration.ZERO : age, now);
    }
    // What the run before has closed the provider may count still.
    Duration quiet = Duration.between(book.of(account).seen(), book.now());
    Duration rest = budget.coolDown(now).minus(quiet);
    if (rest.isPositive() && !quiet.isNegative()) {
      budget.hold(rest, now);
    }
    if (quiet.compareTo(JUST_NOW) < 0) {
      budget.mayCountEarlierOnes(now);
    }
  }

  private void restoreLimit(Budget budget, long now) {
    Habits.Limit limit = book.of(account).limit();
    Duration since = Duration.between(limit.learned(), book.now());
    if (limit.connections() > 0 && since.compareTo(OLDEST) < 0) {
      Duration age = since.isNegative() ? Duration.ZERO : since;
      budget.remember(new Ceiling.Lesson(limit.connections(), limit.patience(), age), now);
    }
  }

  /** Notes the way to the provider and its count; with the account's lock held. */
  void keep(LineMeter meter, Budget budget, long now) {
    Habits.Line line = meter.line();
    Duration time = budget.learnedCoolDown(now);
    Instant learned = book.now().minus(budget.sinceLearned(now));
    Habits.CoolDown coolDown =
        time.isPositive() ? new Habits.CoolDown(time, learned) : Habits.NONE.coolDown();
    Habits.Limit limit = budget.lesson(now).map(this::limit).orElse(Habits.NONE.limit());
    book.learn(account, habits -> habits.over(line).counting(coolDown).allowing(limit));
  }

  private Habits.Limit limit(Ceiling.Lesson lesson) {
    return new Habits.Limit(
        lesson.connections(), lesson.patience(), book.now().minus(lesson.age()));
  }
}
