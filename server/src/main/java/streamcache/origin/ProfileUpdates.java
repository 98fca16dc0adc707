package streamcache.origin;

import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import streamcache.link.AccountId;

/** Learns about providers from their responses. Any thread; no I/O. */
final class ProfileUpdates {

  /**
   * A redirect target is reused for this fraction of the age at which an earlier one was refused.
   */
  private static final double SAFE_PART = 0.75;

  private final ProviderProfiles profiles;

  ProfileUpdates(ProviderProfiles profiles) {
    this.profiles = profiles;
  }

  /**
   * Learns from the head of a response that may be the film.
   *
   * @param gives whether it is a range
   */
  void answered(Fetch fetch, boolean gives) {
    AccountId account = fetch.link().account();
    // The whole for a range from offset 0 proves nothing; for a later one it shows that ranges do
    // not work, unless an If-Range was sent, whose validator may differ.
    boolean isWholeForRange = fetch.expectedStart() > 0 && fetch.ifRange().isEmpty();
    boolean isTold = fetch.sendsRange() && (gives || isWholeForRange);
    if (isTold && profiles.of(account).ranges().orElse(!gives) != gives) {
      profiles.learn(account, before -> before.giving(gives));
    }
  }

  /** Learns from a response that is neither a success nor a redirect. */
  void refused(Fetch fetch, int status, Failure failure) {
    AccountId account = fetch.link().account();
    if (isRefusal(failure) && !profiles.of(account).refusals().contains(status)) {
      profiles.learn(account, before -> before.refusing(status));
    }
  }

  /** Records that a redirect target was refused at its second use. */
  void handedOutOnce(AccountId account) {
    ProviderProfile.Redirects oneTime =
        new ProviderProfile.Redirects(/* isOneTime= */ true, Optional.empty());
    profiles.learn(account, before -> before.redirecting(oneTime));
  }

  /** Records that a redirect target that had worked repeatedly was refused at this age. */
  void redirectDied(AccountId account, Duration age) {
    ProviderProfile.Redirects mortal =
        new ProviderProfile.Redirects(/* isOneTime= */ false, Optional.of(age));
    profiles.learn(account, before -> before.redirecting(mortal));
  }

  /**
   * Learns how fast an open range was sent.
   *
   * @param rate bytes per second, no less than the provider's
   */
  void openRange(Fetch fetch, double rate) {
    rated(fetch, known -> known.opened(rate, profiles.now()));
  }

  /**
   * Learns how fast a short closed range was sent.
   *
   * @param rate bytes per second, no more than the provider's
   */
  void closedRange(Fetch fetch, double rate) {
    rated(fetch, known -> known.closed(rate, profiles.now()));
  }

  private void rated(Fetch fetch, UnaryOperator<RangeRates> lesson) {
    profiles.learn(
        fetch.link().account(), before -> before.rating(lesson.apply(before.rangeRates())));
  }

  /** How long a redirect target is reused: as learned, but no longer than configured. */
  static Duration lifeOfRedirects(ProviderProfile.Redirects known, Duration most) {
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
          Failure.Unverified _,
          Failure.Slow _,
          Failure.Occupied _,
          Failure.Fake _,
          Failure.Forbidden _,
          Failure.Changed _,
          Failure.OutOfRange _ ->
          false;
    };
  }
}
