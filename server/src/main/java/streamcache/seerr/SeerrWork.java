package streamcache.seerr;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import streamcache.link.TitleKey;
import streamcache.outbox.Backoff;
import streamcache.outbox.News;
import streamcache.outbox.NewsListener;
import streamcache.settings.SeerrSettings;

/**
 * What is done in one round: hear what has happened, take in what the operator has changed, work on
 * what is due. Used by the thread of the rounds alone.
 */
final class SeerrWork {

  static final String OUTBOX = "seerr";

  /** How soon a change by the operator's command is seen when nothing else happens. */
  static final Duration LOOK = Duration.ofSeconds(10);

  /** After this many failed tries, about a day, a case is given up. */
  private static final int MOST_ATTEMPTS = 12;

  private static final Backoff CASE = new Backoff(Duration.ofMinutes(1), Duration.ofHours(6));
  private static final Backoff ALL = new Backoff(Duration.ofSeconds(15), Duration.ofMinutes(15));
  private static final Duration HOUR = Duration.ofHours(1);

  private final SeerrSettings settings;
  private final CaseRules rules;
  private final SeerrClient client;
  private final Cases cases;
  private final Delivery delivery;
  private final InstantSource clock;
  private final NewsListener listener;

  private boolean isIntroduced;
  private int troubles;
  private Instant pausedUntil = Instant.MIN;

  SeerrWork(
      SeerrSettings settings,
      SeerrClient client,
      List<Informant> informants,
      Cases cases,
      InstantSource clock,
      NewsListener listener) {
    this.settings = settings;
    this.rules = new CaseRules(settings.afterFailures(), settings.within(), settings.dryRun());
    this.client = client;
    this.cases = cases;
    Identification identification = new Identification(client, informants);
    this.delivery = new Delivery(client, identification, settings.dryRun(), clock, cases::put);
    this.clock = clock;
    this.listener = listener;
  }

  /** Writes down what has happened; durable when it returns. */
  void hear(Queue<Event> events) throws IOException {
    cases.refresh();
    for (Event event = events.poll(); event != null; event = events.poll()) {
      take(event);
    }
  }

  /**
   * Works on all that is due.
   *
   * @return when to look again if nothing happens
   */
  Duration go(Queue<Event> events) throws IOException {
    while (mayGo()) {
      Optional<Case> next =
          cases.next(clock.instant()).filter(queued -> isDue(queued.progress().due()));
      Optional<Instant> rest = next.isPresent() ? rest(next.get()) : Optional.empty();
      if (next.isEmpty() || rest.isPresent()) {
        return until(rest);
      }
      work(next.get());
      hear(events);
    }
    return until(Optional.of(pausedUntil));
  }

  private boolean mayGo() {
    if (!isDue(pausedUntil)) {
      return false;
    }
    if (!isIntroduced) {
      introduce();
    }
    return isIntroduced;
  }

  /** At the start and after trouble: whether there is a Seerr that knows us. */
  private void introduce() {
    try {
      String who = client.introduce();
      isIntroduced = true;
      troubles = 0;
      String mode = settings.dryRun() ? "; a dry run: it is asked nothing" : "";
      tell(News.Kind.WELL, "", "", "Seerr listens: " + who + mode);
    } catch (SnagException e) {
      pause(e.snag());
    }
  }

  private void pause(Snag snag) {
    if (troubles == 0) {
      tell(News.Kind.TROUBLE, "", "", "Seerr cannot be asked: " + snag.words());
    }
    troubles++;
    isIntroduced = false;
    pausedUntil = clock.instant().plus(ALL.after(troubles));
  }

  private void take(Event event) throws IOException {
    Optional<Case> before = cases.of(event.key());
    switch (event) {
      case Event.Failed failed -> keepFailed(before, rules.failed(before, failed));
      case Event.Plays plays -> {
        if (before.isPresent()) {
          keepPlaying(before.get(), rules.plays(before.get(), plays.at()));
        }
      }
    }
  }

  private void keepFailed(Optional<Case> before, Case now) throws IOException {
    if (!cases.put(now)) {
      tell(News.Kind.REFUSED, now.id(), now.subject().name(), "too much is queued already");
    } else if (isNewlyQueued(before, now)) {
      tell(News.Kind.QUEUED, now, now.fault().headline());
    }
  }

  private void keepPlaying(Case before, Optional<Case> now) throws IOException {
    if (now.isEmpty()) {
      cases.forget(before);
      return;
    }
    cases.put(now.get());
    if (isNewlyQueued(Optional.of(before), now.get())) {
      tell(News.Kind.QUEUED, now.get(), "plays again");
    }
  }

  private static boolean isNewlyQueued(Optional<Case> before, Case now) {
    return now.state().isQueued() && before.filter(old -> old.state() == now.state()).isEmpty();
  }

  /** Until when the hour is full; what resolves is let through. */
  private Optional<Instant> rest(Case next) {
    List<Instant> posted = cases.postedSince(clock.instant().minus(HOUR));
    return next.state() == State.RESOLVING || posted.size() < settings.maxPerHour()
        ? Optional.empty()
        : Optional.of(posted.get(posted.size() - settings.maxPerHour()).plus(HOUR));
  }

  private void work(Case queued) throws IOException {
    try {
      Case after =
          queued.state() == State.RESOLVING ? delivery.resolve(queued) : delivery.report(queued);
      cases.put(after);
      boolean isDry = after.state() == State.WOULD;
      tell(isDry ? News.Kind.WOULD : News.Kind.DONE, after, after.progress().words());
    } catch (SnagException e) {
      stumble(e.snag(), current(queued));
    }
  }

  /** What was kept of it on the way, such as that something was sent. */
  private Case current(Case queued) {
    return cases.of(new TitleKey(queued.key())).orElse(queued);
  }

  private void stumble(Snag snag, Case queued) throws IOException {
    switch (snag) {
      case Snag.Trouble trouble -> {
        // Behind the others: it may be this one that it cannot answer.
        Instant until = clock.instant().plus(CASE.first());
        cases.put(queued.with(progress -> progress.dueAt(until)));
        pause(trouble);
      }
      case Snag.Later later when queued.progress().attempts() < MOST_ATTEMPTS -> {
        cases.put(postponed(queued, later.words(), later.atLeast()));
        tell(News.Kind.LATER, queued, later.words());
      }
      case Snag.Later later -> refuse(queued, "given up: " + later.words());
      case Snag.Refused refused -> refuse(queued, refused.words());
    }
  }

  private Case postponed(Case queued, String words, Duration atLeast) {
    Instant now = clock.instant();
    Duration wait = CASE.after(queued.progress().attempts() + 1);
    Instant until = now.plus(wait.compareTo(atLeast) > 0 ? wait : atLeast);
    return queued.with(progress -> progress.postponed(until, words, now));
  }

  private void refuse(Case queued, String words) throws IOException {
    boolean plays = queued.state() == State.RESOLVING;
    Case over =
        queued.with(progress ->
            progress
                .knowing(queued.deed())
                .to(plays ? State.CLOSED : State.REFUSED, words, clock.instant()));
    cases.put(over);
    tell(News.Kind.REFUSED, over, words);
  }

  private boolean isDue(Instant when) {
    return !when.isAfter(clock.instant());
  }

  private Duration until(Optional<Instant> rest) {
    Instant now = clock.instant();
    Instant look = now.plus(LOOK);
    Instant next =
        rest.or(() -> cases.next(now).map(queued -> queued.progress().due())).orElse(look);
    Instant soonest = next.isBefore(look) ? next : look;
    return soonest.isAfter(now) ? Duration.between(now, soonest) : Duration.ofMillis(1);
  }

  private void tell(News.Kind kind, Case about, String words) {
    tell(kind, about.id(), about.subject().name(), words);
  }

  private void tell(News.Kind kind, String id, String name, String words) {
    listener.news(new News(OUTBOX, kind, id, name, words));
  }
}
