package streamcache.origin;

import java.time.Duration;
import java.util.Optional;
import streamcache.link.AccountId;

/** What answers of providers teach about them. Any thread; no I/O. */
final class Lessons {

  /** A target is used again for this part of the time after which one was refused before. */
  private static final double SAFE_PART = 0.75;

  private final HabitBook habits;

  Lessons(HabitBook habits) {
    this.habits = habits;
  }

  /**
   * The head of an answer that is no redirect.
   *
   * @param failure what it stands for, if it is no success
   */
  void answered(Fetch fetch, int status, Optional<Failure> failure) {
    AccountId account = fetch.link().account();
    Habits known = habits.of(account);
    if (failure.isEmpty()) {
      // The whole in answer to a stretch from its start may be politeness; from the middle not.
      boolean isTold = status == 206 || fetch.start() > 0;
      boolean gives = status == 206;
      if (isTold && known.ranges().orElse(!gives) != gives) {
        habits.learn(account, before -> before.giving(gives));
      }
    } else if (isRefusal(failure.get()) && !known.refusals().contains(status)) {
      habits.learn(account, before -> before.refusing(status));
    }
  }

  /** An address that a redirect led to was refused the second time. */
  void handedOutOnce(AccountId account) {
    Habits.Redirects oneTime = new Habits.Redirects(/* isOneTime= */ true, Optional.empty());
    habits.learn(account, before -> before.redirecting(oneTime));
  }

  /** An address that had worked again and again was refused at this age. */
  void redirectDied(AccountId account, Duration age) {
    Habits.Redirects mortal = new Habits.Redirects(/* isOneTime= */ false, Optional.of(age));
    habits.learn(account, before -> before.redirecting(mortal));
  }

  /** How long the target of a redirect is used again: as learned, but not longer than is set. */
  static Duration lifeOfRedirects(Habits.Redirects known, Duration most) {
    return known
        .life()
        .map(life -> Duration.ofMillis((long) (life.toMillis() * SAFE_PART)))
        .filter(life -> life.compareTo(most) < 0)
        .orElse(most);
  }

  private static boolean isRefusal(Failure failure) {
    return switch (failure) {
      case Failure.Denied _, Failure.Limit _, Failure.Busy _ -> true;
      case Failure.Gone _,
          Failure.Broken _,
          Failure.Unreachable _,
          Failure.Slow _,
          Failure.Fake _,
          Failure.Forbidden _,
          Failure.Changed _,
          Failure.OutOfRange _ ->
          false;
    };
  }
}
