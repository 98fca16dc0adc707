package streamcache.webhook;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Queue;
import streamcache.outbox.Backoff;
import streamcache.outbox.OutboxEvent;
import streamcache.outbox.OutboxListener;

/**
 * The work of one round: take in the events received, then post what is pending, oldest first. Used
 * only by the worker thread.
 */
final class WebhookWork {

  static final String OUTBOX = "webhook";

  /** How often the disk is checked. */
  static final Duration LOOK = Duration.ofMinutes(1);

  /** A notice that nobody has accepted by then is dropped. */
  private static final Duration STALE = Duration.ofDays(3);

  private static final Backoff PAUSE = new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(15));

  private final Watch watch;
  private final Alerts alerts;
  private final Poster poster;
  private final InstantSource clock;
  private final OutboxListener listener;

  private int troubles;
  private Instant pausedUntil = Instant.MIN;

  WebhookWork(
      Watch watch, Alerts alerts, Poster poster, InstantSource clock, OutboxListener listener) {
    this.watch = watch;
    this.alerts = alerts;
    this.poster = poster;
    this.clock = clock;
    this.listener = listener;
  }

  /** Why pending notices are in memory only; empty if all are written. */
  Optional<IOException> diskTrouble() {
    return alerts.trouble();
  }

  /** What it takes in is durable when this method returns, unless there is {@link #diskTrouble}. */
  void hear(Queue<AlertEvent> sightings) {
    alerts.tidy(clock.instant());
    for (AlertEvent seen = sightings.poll(); seen != null; seen = sightings.poll()) {
      Optional<Watch.Found> found = watch.see(seen, alerts);
      if (found.isPresent()) {
        boolean hasRoom = alerts.put(found.get().alert());
        tell(
            hasRoom ? OutboxEvent.Kind.QUEUED : OutboxEvent.Kind.REFUSED,
            found.get().notice(),
            hasRoom ? "to be posted" : "too much is remembered already");
      }
    }
  }

  /**
   * Posts everything that is pending.
   *
   * @return how long to wait if nothing wakes the loop
   */
  Duration go() {
    while (!pausedUntil.isAfter(clock.instant())) {
      Optional<Alerts.Pending> next = alerts.next();
      if (next.isEmpty()) {
        return LOOK;
      }
      post(next.get());
    }
    Duration pause = Duration.between(clock.instant(), pausedUntil);
    return pause.compareTo(LOOK) < 0 ? pause : LOOK;
  }

  private void post(Alerts.Pending pending) {
    Notice notice = pending.notice();
    if (notice.time().plus(STALE).isBefore(clock.instant())) {
      drop(pending, OutboxEvent.Kind.REFUSED, "given up: nobody took it for three days");
      return;
    }
    switch (poster.post(notice, clock.instant())) {
      case Poster.Outcome.Taken _ -> {
        well();
        drop(pending, OutboxEvent.Kind.DONE, "posted");
      }
      case Poster.Outcome.Refused refused -> {
        well();
        drop(pending, OutboxEvent.Kind.REFUSED, refused.words());
      }
      case Poster.Outcome.Trouble trouble -> pause(trouble.words());
    }
  }

  private void drop(Alerts.Pending pending, OutboxEvent.Kind kind, String words) {
    tell(kind, pending.notice(), words);
    alerts.put(pending.alert().without(pending.notice()));
  }

  private void well() {
    if (troubles > 0) {
      troubles = 0;
      listener.news(
          new OutboxEvent(OUTBOX, OutboxEvent.Kind.WELL, "", "", "the webhook takes events again"));
    }
  }

  private void pause(String words) {
    if (troubles == 0) {
      String sentence = "the webhook takes no events: " + words;
      listener.news(new OutboxEvent(OUTBOX, OutboxEvent.Kind.TROUBLE, "", "", sentence));
    }
    troubles++;
    pausedUntil = clock.instant().plus(PAUSE.after(troubles));
  }

  private void tell(OutboxEvent.Kind kind, Notice notice, String words) {
    listener.news(new OutboxEvent(OUTBOX, kind, notice.id(), notice.type().word(), words));
  }
}
