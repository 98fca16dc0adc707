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
import streamcache.outbox.DeliveryPause;
import streamcache.outbox.Outbox;
import streamcache.outbox.OutboxEvent;
import streamcache.settings.SeerrSettings;

/**
 * The work of one round: record the events, read what the operator has changed, work on the cases
 * that are due. Used only by the worker thread.
 */
final class SeerrWork implements Outbox.Work {

  /** How soon a change by the command of the operator is noticed if nothing else happens. */
  static final Duration LOOK = Duration.ofSeconds(10);

  /**
   * A case that was postponed this often, which takes about a day, is given up at the next failure.
   */
  private static final int MOST_ATTEMPTS = 12;

  private static final Backoff CASE = new Backoff(Duration.ofMinutes(1), Duration.ofHours(6));
  private static final Backoff ALL = new Backoff(Duration.ofSeconds(15), Duration.ofMinutes(15));
  private static final Duration HOUR = Duration.ofHours(1);

  private final SeerrSettings settings;
  private final CaseRules rules;
  private final SeerrClient client;
  private final Cases cases;
  private final CaseWorker delivery;
  private final InstantSource clock;
  private final Outbox<CaseEvent> outbox;
  private final DeliveryPause pause;
  private boolean isIntroduced;

  SeerrWork(
      SeerrSettings settings,
      SeerrClient client,
      List<MetadataSource> informants,
      Cases cases,
      InstantSource clock,
      Outbox<CaseEvent> outbox) {
    this.settings = settings;
    this.rules = new CaseRules(settings.afterFailures(), settings.within(), settings.dryRun());
    this.client = client;
    this.cases = cases;
    Identification identification = new Identification(client, informants);
    this.delivery = new CaseWorker(client, identification, settings.dryRun(), clock, cases::put);
    this.clock = clock;
    this.outbox = outbox;
    this.pause = new DeliveryPause(ALL, clock);
  }

  @Override
  public void take() throws IOException {
    cases.refresh();
    Queue<CaseEvent> events = outbox.events();
    for (CaseEvent event = events.poll(); event != null; event = events.poll()) {
      take(event);
    }
  }

  @Override
  public Duration deliver() throws IOException {
    while (mayGo()) {
      Optional<Case> next =
          cases.next(clock.instant()).filter(queued -> isDue(queued.progress().due()));
      Optional<Instant> rest = next.isPresent() ? rest(next.get()) : Optional.empty();
      if (next.isEmpty() || rest.isPresent()) {
        return until(rest);
      }
      work(next.get());
      take();
    }
    return until(Optional.of(pause.until()));
  }

  private boolean mayGo() {
    if (!pause.isOver()) {
      return false;
    }
    if (!isIntroduced) {
      introduce();
    }
    return isIntroduced;
  }

  /** At the start and after trouble: checks that Seerr is there and knows the user. */
  private void introduce() {
    try {
      String who = client.introduce();
      isIntroduced = true;
      boolean _ = pause.succeeded();
      String mode = settings.dryRun() ? " (dry run: nothing is sent)" : "";
      outbox.publish(OutboxEvent.Kind.AVAILABLE, "Connected to Seerr " + who + mode);
    } catch (SeerrException e) {
      pause(e.snag());
    }
  }

  private void pause(SeerrError error) {
    if (pause.failed()) {
      outbox.publish(OutboxEvent.Kind.UNAVAILABLE, "Seerr cannot be used: " + error.words());
    }
    isIntroduced = false;
  }

  private void take(CaseEvent event) throws IOException {
    Optional<Case> before = cases.of(event.key());
    switch (event) {
      case CaseEvent.Failed failed -> keepFailed(before, rules.failed(before, failed));
      case CaseEvent.Plays plays -> {
        if (before.isPresent()) {
          keepPlaying(before.get(), rules.plays(before.get(), plays.at()));
        }
      }
    }
  }

  private void keepFailed(Optional<Case> before, Case now) throws IOException {
    if (!cases.put(now)) {
      tell(OutboxEvent.Kind.REFUSED, now, "too many titles are queued");
    } else if (isNewlyQueued(before, now)) {
      tell(OutboxEvent.Kind.QUEUED, now, now.fault().headline());
    }
  }

  private void keepPlaying(Case before, Optional<Case> now) throws IOException {
    if (now.isEmpty()) {
      cases.forget(before);
      return;
    }
    cases.put(now.get());
    if (isNewlyQueued(Optional.of(before), now.get())) {
      tell(OutboxEvent.Kind.QUEUED, now.get(), "plays again");
    }
  }

  private static boolean isNewlyQueued(Optional<Case> before, Case now) {
    return now.state().isQueued() && before.filter(old -> old.state() == now.state()).isEmpty();
  }

  /** Until when the hourly limit is reached; empty if the case may go now, as every resolve may. */
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
      tell(
          isDry ? OutboxEvent.Kind.DRY_RUN : OutboxEvent.Kind.DELIVERED,
          after,
          after.progress().words());
    } catch (SeerrException e) {
      stumble(e.snag(), current(queued));
    }
  }

  /** The case with what was recorded during the attempt, such as that a request was sent. */
  private Case current(Case queued) {
    return cases.of(new TitleKey(queued.key())).orElse(queued);
  }

  private void stumble(SeerrError error, Case queued) throws IOException {
    switch (error) {
      case SeerrError.Trouble trouble -> {
        // Moves the case behind the others: it may be the one that Seerr fails on.
        Instant until = clock.instant().plus(CASE.first());
        cases.put(queued.with(progress -> progress.dueAt(until)));
        pause(trouble);
      }
      case SeerrError.Later later when queued.progress().attempts() < MOST_ATTEMPTS -> {
        cases.put(postponed(queued, later.words(), later.atLeast()));
        tell(OutboxEvent.Kind.DEFERRED, queued, later.words());
      }
      case SeerrError.Later later -> refuse(queued, "gave up: " + later.words());
      case SeerrError.Refused refused -> refuse(queued, refused.words());
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
    tell(OutboxEvent.Kind.REFUSED, over, words);
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

  private void tell(OutboxEvent.Kind kind, Case about, String words) {
    outbox.publish(kind, about.id(), about.subject().name(), words);
  }
}
