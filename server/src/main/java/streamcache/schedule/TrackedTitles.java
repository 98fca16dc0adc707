package streamcache.schedule;

import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import streamcache.link.TitleKey;
import streamcache.origin.Failure;

/** The titles that are wanted from an account, or wait to be completed. Part of the account. */
final class TrackedTitles {

  /**
   * The most titles that wait for their hours or for a new day. Of any more, the oldest are left
   * incomplete.
   */
  private static final int MOST_WAITING = 16;

  /**
   * The most titles that have no players and wait to be completed; each holds open files. Beyond
   * this number, the oldest are completed when they are played again.
   */
  private static final int MOST_LEFT = 32;

  private static final Failure NOT_IN_THE_BACKGROUND =
      new Failure.Forbidden(
          OptionalInt.empty(), "a quota of 0 lets nothing be fetched in the background");

  private AccountRules rules;
  private final ObservedProvider provider;
  private final AccountLessons lessons;
  private final Effects effects;
  private final GivenUp givenUp;

  /** Oldest first. */
  private final Map<TitleKey, TrackedTitle> titles = new LinkedHashMap<>();

  TrackedTitles(
      AccountRules rules, ObservedProvider provider, AccountLessons lessons, Effects effects) {
    this.rules = rules;
    this.provider = provider;
    this.lessons = lessons;
    this.effects = effects;
    this.givenUp = new GivenUp(new Retry(rules.placeWaitMax()));
  }

  /** Puts other settings into effect. Connections beyond a lower limit are closed if left. */
  void change(AccountRules changed, Budget budget, long now) {
    rules = changed;
    budget.change(changed.connections(), changed.coolDown());
    int tooMany = budget.active() - budget.most(now);
    for (TrackedTitle title : titles.values()) {
      for (TrackedConnection connection : title.connections()) {
        if (tooMany > 0 && title.demands().isEmpty() && !connection.isClosing()) {
          connection.close();
          tooMany--;
        }
      }
    }
  }

  /** Returns the title of the demand, which is tracked from now on. */
  TrackedTitle of(AccountEvent.Wanted came, long now) {
    return titles.computeIfAbsent(
        came.title(),
        key -> new TrackedTitle(came, () -> rules, lessons, givenUp.take(key, now), effects, now));
  }

  /** Where nothing is ever fetched in the background, or the title rests, the order fails. */
  void ordered(AccountEvent.OrderCame came, long now) {
    TrackedTitle title = of(came, now);
    Orders orders = title.completion().orders();
    orders.add(came.order(), came.range());
    if (title.context().isTrustedBy(came.terms())) {
      title.retry().pardonForbidden(now);
    }
    if (!provider.mayFillAgain()) {
      orders.fail(NOT_IN_THE_BACKGROUND);
    }
    title.retry().resting(now).ifPresent(orders::fail);
  }

  void orderLeft(long order) {
    titles.values().forEach(title -> title.completion().orders().remove(order));
  }

  /** What is assumed about the provider's file of a title, unless it is no longer tracked. */
  Optional<RangeSupport> support(TitleKey key) {
    return Optional.ofNullable(titles.get(key)).map(TrackedTitle::support);
  }

  TrackedTitle get(TitleKey key) {
    @Nullable TrackedTitle title = titles.get(key);
    if (title == null) {
      throw new IllegalStateException("no such title: " + key);
    }
    return title;
  }

  boolean isEmpty() {
    return titles.isEmpty();
  }

  Collection<TrackedTitle> all() {
    return titles.values();
  }

  Stream<TrackedTitle> stream() {
    return titles.values().stream();
  }

  /**
   * Releases the titles that are finished, and the oldest of those that nobody waits for when there
   * are too many.
   */
  void retire(boolean isStopped, long now) {
    long tooMany = stream().filter(title -> title.isLeft(now)).count() - mostLeft();
    Iterator<TrackedTitle> each = titles.values().iterator();
    while (each.hasNext()) {
      TrackedTitle title = each.next();
      boolean isOneTooMany = tooMany > 0 && title.isLeft(now);
      boolean isStoppedNow = isStopped && title.connections().isEmpty();
      if (isOneTooMany || title.isOver(now) || isStoppedNow) {
        tooMany -= isOneTooMany ? 1 : 0;
        each.remove();
        givenUp.remember(title);
        effects.add(new Effect.Release(title.key()));
      }
    }
  }

  /** Titles that wait for hours that never come are not held open, so that they can be evicted. */
  private int mostLeft() {
    int most = provider.isCrowded() ? 0 : MOST_LEFT;
    if (provider.mayFill()) {
      return most;
    }
    return provider.mayFillAgain() ? Math.min(most, MOST_WAITING) : 0;
  }
}
