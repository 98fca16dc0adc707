package streamcache.seerr;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * All that is known and was done about one title that fails. Kept as a line of JSON, so that what
 * is added later has to do without in older lines.
 *
 * @param key of the title
 */
record Case(String key, Subject subject, Fault fault, Progress progress) {

  /** A title that goes on failing is looked at again, and perhaps told again, after this long. */
  static final Duration AGAIN_AFTER = Duration.ofDays(1);

  /** A person's second try is no second failure. */
  static final Duration DISTINCT = Duration.ofMinutes(5);

  /** For what was sent to arrive, before it is looked for. */
  static final Duration SETTLES = Duration.ofSeconds(5);

  /**
   * What fails.
   *
   * @param name as people see it
   * @param host of the provider
   */
  record Subject(String name, String host, Work work) {}

  /**
   * How it fails.
   *
   * @param label of the last cause
   * @param headline the last cause in a few words
   * @param requestId of the last failure
   * @param times of the last failures that count, the newest last
   */
  record Fault(String label, String headline, String requestId, List<Instant> times) {
    Fault {
      times = List.copyOf(times);
    }

    Fault forgiven() {
      return new Fault(label, headline, requestId, List.of());
    }
  }

  /** As in the log and in what is written into Seerr. */
  String id() {
    return key.substring(0, 8);
  }

  State state() {
    return progress.state();
  }

  Work work() {
    return subject.work();
  }

  Optional<Deed> deed() {
    return progress.deed();
  }

  /** When we last changed something in Seerr. */
  Optional<Instant> posted() {
    return deed().flatMap(Deed::posted);
  }

  Case with(UnaryOperator<Progress> step) {
    return new Case(key, subject, fault, step.apply(progress));
  }

  /** It is known better which work it is. */
  Case with(Work better) {
    return new Case(key, new Subject(subject.name(), subject.host(), better), fault, progress);
  }

  /** It plays: old failures count no longer. */
  Case forgiven() {
    return new Case(key, subject, fault.forgiven(), progress);
  }
}
