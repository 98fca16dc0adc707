package streamcache.seerr;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * All that is known and was done about one failing title. Stored as one line of JSON, so older
 * lines lack the components that were added later.
 *
 * @param key the key of the title
 */
record Case(String key, Subject subject, Fault fault, CaseProgress progress) {

  /** A title that keeps failing is looked up again, and perhaps reported again, after this long. */
  static final Duration AGAIN_AFTER = Duration.ofDays(1);

  /** Failures closer together than this count as one, such as when a person tries again. */
  static final Duration DISTINCT = Duration.ofMinutes(5);

  /** How long a sent request may take to arrive before its result is looked for. */
  static final Duration SETTLES = Duration.ofSeconds(5);

  /**
   * What fails.
   *
   * @param name the name of the title for people
   * @param host the host of the provider
   */
  record Subject(String name, String host, MediaIdentity work) {}

  /**
   * How it fails.
   *
   * @param label the label of the last cause
   * @param headline the last cause in a few words
   * @param requestId the request of the last failure
   * @param times the times of the last failures that count, newest last
   */
  record Fault(String label, String headline, String requestId, List<Instant> times) {
    Fault {
      times = List.copyOf(times);
    }

    Fault forgiven() {
      return new Fault(label, headline, requestId, List.of());
    }
  }

  /** As it appears in the log and in texts written to Seerr. */
  String id() {
    return key.substring(0, 8);
  }

  State state() {
    return progress.state();
  }

  MediaIdentity work() {
    return subject.work();
  }

  Optional<SeerrAction> deed() {
    return progress.action();
  }

  /** When this server last changed something in Seerr. */
  Optional<Instant> posted() {
    return deed().flatMap(SeerrAction::posted);
  }

  Case with(UnaryOperator<CaseProgress> step) {
    return new Case(key, subject, fault, step.apply(progress));
  }

  /** The same case with a better identification of the work. */
  Case with(MediaIdentity better) {
    return new Case(key, new Subject(subject.name(), subject.host(), better), fault, progress);
  }

  /** The title plays: earlier failures no longer count. */
  Case forgiven() {
    return new Case(key, subject, fault.forgiven(), progress);
  }
}
