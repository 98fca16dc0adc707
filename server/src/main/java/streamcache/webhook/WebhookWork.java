package streamcache.webhook;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Queue;
import streamcache.outbox.Backoff;
import streamcache.outbox.DeliveryPause;
import streamcache.outbox.Outbox;
import streamcache.outbox.OutboxEvent;

/**
 * The work of one round: take in the events received, then post what is pending, oldest first. Used
 * only by the worker thread.
 */
final class WebhookWork implements Outbox.Work {

  /** How often the disk is checked. */
  static final Duration LOOK = Duration.ofMinutes(1);

  /** A notice that nobody has accepted by then is dropped. */
  private static final Duration STALE = Duration.ofDays(3);

  private static final Backoff PAUSE = new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(15));

  private final Watch watch;
  private final Alerts alerts;
  private final Poster poster;
  private final InstantSource clock;
  private final Outbox<AlertEvent> outbox;
  private final Runnable look;
  private final DeliveryPause pause;

  /**
   * @param look adds an event with the usage of the disk to the outbox, when it is time for that
   */
  WebhookWork(
      Watch watch,
      Alerts alerts,
      Poster poster,
      InstantSource clock,
      Outbox<AlertEvent> outbox,
      Runnable look) {
    this.watch = watch;
    this.alerts = alerts;
    this.poster = poster;
    this.clock = clock;
    this.outbox = outbox;
    this.look = look;
    this.pause = new DeliveryPause(PAUSE, clock);
  }

  @Override
  public Optional<IOException> diskTrouble() {
    return alerts.trouble();
  }

  @Override
  public void take() {
    look.run();
    alerts.tidy(clock.instant());
    Queue<AlertEvent> events = outbox.events();
    for (AlertEvent event = events.poll(); event != null; event = events.poll()) {
      Optional<Watch.Found> found = watch.see(event, alerts);
      if (found.isPresent()) {
        boolean hasRoom = alerts.put(found.get().alert());
        tell(
            hasRoom ? OutboxEvent.Kind.QUEUED : OutboxEvent.Kind.REFUSED,
            found.get().notice(),
            hasRoom ? "to be posted" : "too many alerts are pending");
      }
    }
  }

  /** Posts everything that is pending. */
  @Override
  public Duration deliver() {
    while (pause.isOver()) {
      Optional<Alerts.Pending> next = alerts.next();
      if (next.isEmpty()) {
        return LOOK;
      }
      post(next.get());
    }
    return pause.left().compareTo(LOOK) < 0 ? pause.left() : LOOK;
  }

  private void post(Alerts.Pending pending) {
    Notice notice = pending.notice();
    if (notice.time().plus(STALE).isBefore(clock.instant())) {
      drop(
          pending,
          OutboxEvent.Kind.REFUSED,
          "gave up: the webhook did not accept it for three days");
      return;
    }
    switch (poster.post(notice, clock.instant())) {
      case Poster.Outcome.Taken _ -> {
        well();
        drop(pending, OutboxEvent.Kind.DELIVERED, "posted");
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
    if (pause.succeeded()) {
      outbox.publish(OutboxEvent.Kind.AVAILABLE, "the webhook accepts events again");
    }
  }

  private void pause(String words) {
    if (pause.failed()) {
      outbox.publish(OutboxEvent.Kind.UNAVAILABLE, "the webhook cannot be used: " + words);
    }
  }

  private void tell(OutboxEvent.Kind kind, Notice notice, String words) {
    outbox.publish(kind, notice.id(), notice.type().word(), words);
  }
}
