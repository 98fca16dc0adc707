package streamcache.webhook;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Queue;
import streamcache.outbox.Backoff;
import streamcache.outbox.News;
import streamcache.outbox.NewsListener;

/**
 * What is done in one round: take in what was seen, then post what is pending, the oldest first.
 * Used by the thread of the rounds alone.
 */
final class WebhookWork {

  static final String OUTBOX = "webhook";

  /** How often the disk is looked at. */
  static final Duration LOOK = Duration.ofMinutes(1);

  /** What nobody has taken by then is old news. */
  private static final Duration STALE = Duration.ofDays(3);

  private static final Backoff PAUSE = new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(15));

  private final Watch watch;
  private final Matters matters;
  private final Poster poster;
  private final InstantSource clock;
  private final NewsListener listener;

  private int troubles;
  private Instant pausedUntil = Instant.MIN;

  WebhookWork(
      Watch watch, Matters matters, Poster poster, InstantSource clock, NewsListener listener) {
    this.watch = watch;
    this.matters = matters;
    this.poster = poster;
    this.clock = clock;
    this.listener = listener;
  }

  /** Why what is to be posted is in memory only. */
  Optional<IOException> diskTrouble() {
    return matters.trouble();
  }

  /** Durable when it returns, unless the disk is in trouble. */
  void hear(Queue<Sighting> sightings) {
    matters.tidy(clock.instant());
    for (Sighting seen = sightings.poll(); seen != null; seen = sightings.poll()) {
      Optional<Watch.Found> found = watch.see(seen, matters);
      if (found.isPresent()) {
        boolean hasRoom = matters.put(found.get().matter());
        tell(
            hasRoom ? News.Kind.QUEUED : News.Kind.REFUSED,
            found.get().notice(),
            hasRoom ? "to be posted" : "too much is remembered already");
      }
    }
  }

  /**
   * Posts all that is pending.
   *
   * @return when to look again if nothing happens
   */
  Duration go() {
    while (!pausedUntil.isAfter(clock.instant())) {
      Optional<Matters.Pending> next = matters.next();
      if (next.isEmpty()) {
        return LOOK;
      }
      post(next.get());
    }
    Duration pause = Duration.between(clock.instant(), pausedUntil);
    return pause.compareTo(LOOK) < 0 ? pause : LOOK;
  }

  private void post(Matters.Pending pending) {
    Notice notice = pending.notice();
    if (notice.time().plus(STALE).isBefore(clock.instant())) {
      drop(pending, News.Kind.REFUSED, "given up: nobody took it for three days");
      return;
    }
    switch (poster.post(notice, clock.instant())) {
      case Poster.Outcome.Taken _ -> {
        well();
        drop(pending, News.Kind.DONE, "posted");
      }
      case Poster.Outcome.Refused refused -> {
        well();
        drop(pending, News.Kind.REFUSED, refused.words());
      }
      case Poster.Outcome.Trouble trouble -> pause(trouble.words());
    }
  }

  private void drop(Matters.Pending pending, News.Kind kind, String words) {
    tell(kind, pending.notice(), words);
    matters.put(pending.matter().without(pending.notice()));
  }

  private void well() {
    if (troubles > 0) {
      troubles = 0;
      listener.news(new News(OUTBOX, News.Kind.WELL, "", "", "the webhook takes events again"));
    }
  }

  private void pause(String words) {
    if (troubles == 0) {
      String sentence = "the webhook takes no events: " + words;
      listener.news(new News(OUTBOX, News.Kind.TROUBLE, "", "", sentence));
    }
    troubles++;
    pausedUntil = clock.instant().plus(PAUSE.after(troubles));
  }

  private void tell(News.Kind kind, Notice notice, String words) {
    listener.news(new News(OUTBOX, kind, notice.id(), notice.type().word(), words));
  }
}
