package streamcache.fill;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import streamcache.link.AccountId;
import streamcache.origin.ProviderProfile;
import streamcache.origin.ProviderProfiles;
import streamcache.schedule.Effect;
import streamcache.schedule.Learned;
import streamcache.schedule.ValidatorLessons;

/** What an account learns about its provider and keeps across restarts. Any thread; no I/O. */
record ProfileStore(AccountId account, ProviderProfiles profiles) {

  /** An observation that was not repeated for this long is ignored. */
  private static final Duration OLDEST = Duration.ofDays(2);

  /**
   * What an earlier run has learned.
   *
   * @param isLimitSet whether the connection limit is configured; a learned limit is then ignored
   */
  Learned lessons(boolean isLimitSet) {
    ProviderProfile known = profiles.of(account);
    ProviderProfile.CoolDown coolDown = known.coolDown();
    boolean isKnown = coolDown.time().isPositive() && isRecent(coolDown.learned());
    return new Learned(
        known.line().firstByte(),
        known.line().rate(),
        isKnown ? coolDown.time() : Duration.ZERO,
        isKnown ? age(coolDown.learned()) : Duration.ZERO,
        isLimitSet ? Optional.empty() : limit(known.limit()));
  }

  /**
   * How many connections are allowed where no setting says so.
   *
   * @param usual what accounts of this kind usually allow
   */
  int connections(int usual) {
    int stated = profiles.of(account).limit().stated();
    return stated > 0 ? stated : usual;
  }

  private Optional<Learned.Limit> limit(ProviderProfile.Limit limit) {
    return limit.connections() > 0 && isRecent(limit.learned())
        ? Optional.of(
            new Learned.Limit(limit.connections(), limit.patience(), age(limit.learned())))
        : Optional.empty();
  }

  /**
   * Time since an earlier run last had a connection; empty when that was long ago, or lies in the
   * future.
   */
  Optional<Duration> quiet() {
    Instant seen = profiles.of(account).seen();
    Duration quiet = Duration.between(seen, profiles.now());
    return isRecent(seen) && !quiet.isNegative() ? Optional.of(quiet) : Optional.empty();
  }

  private boolean isRecent(Instant then) {
    return Duration.between(then, profiles.now()).compareTo(OLDEST) < 0;
  }

  /** The age; zero if the clock was set back. */
  private Duration age(Instant then) {
    Duration age = Duration.between(then, profiles.now());
    return age.isNegative() ? Duration.ZERO : age;
  }

  /** Whether the last request for a range from the middle of a title returned the whole file. */
  boolean ignoresRanges() {
    return !profiles.of(account).ranges().orElse(true);
  }

  /** Whether the last request for a range returned that range. */
  boolean givesRanges() {
    return profiles.of(account).ranges().orElse(false);
  }

  /**
   * Whether it refuses any request with a Range. The lesson expires: the provider may have been in
   * trouble, and an account that sends no Range cannot show that it gives ranges again.
   */
  boolean refusesRanges() {
    return isRecent(profiles.of(account).rangesRefused());
  }

  ValidatorLessons validators() {
    ProviderProfile.Validators known = profiles.of(account).validators();
    return new ValidatorLessons(known.areArbitrary(), known.defeatRanges());
  }

  void learn(Effect.Lesson lesson) {
    switch (lesson) {
      case Effect.LearnAgent(String agent) ->
          profiles.learn(account, profile -> profile.accepting(agent));
      case Effect.LearnValidators(ValidatorLessons validators) -> learn(validators);
      case Effect.LearnRangesRefused(boolean areRefused) ->
          profiles.learn(
              account,
              profile ->
                  areRefused ? profile.refusingRanges(profiles.now()) : profile.acceptingRanges());
      case Effect.Learn(Learned lessons) -> learn(lessons);
    }
  }

  private void learn(ValidatorLessons lessons) {
    ProviderProfile.Validators validators =
        new ProviderProfile.Validators(lessons.areArbitrary(), lessons.defeatRanges());
    profiles.learn(account, profile -> profile.identifying(validators));
  }

  /** The User-Agent of the last accepted request, blank for this server's own. */
  Optional<String> agent() {
    return profiles.of(account).agent();
  }

  private void learn(Learned lessons) {
    ProviderProfile.Line line = new ProviderProfile.Line(lessons.firstByte(), lessons.rate());
    Instant learned = profiles.now().minus(lessons.coolDownAge());
    ProviderProfile.CoolDown coolDown =
        lessons.coolDown().isPositive()
            ? new ProviderProfile.CoolDown(lessons.coolDown(), learned)
            : ProviderProfile.NONE.coolDown();
    ProviderProfile.Limit limit =
        lessons.limit().map(this::limit).orElse(ProviderProfile.NONE.limit());
    profiles.learn(
        account,
        profile ->
            profile
                .over(line)
                .counting(coolDown)
                .allowing(limit.stating(profile.limit().stated())));
  }

  /** The provider's panel says how many connections the account may have. */
  void stated(int connections) {
    profiles.learn(account, profile -> profile.allowing(profile.limit().stating(connections)));
  }

  private ProviderProfile.Limit limit(Learned.Limit lesson) {
    return new ProviderProfile.Limit(
        lesson.connections(),
        lesson.patience(),
        profiles.now().minus(lesson.age()),
        /* stated= */ 0);
  }
}
