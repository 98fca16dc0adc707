package streamcache.bench.explore;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import streamcache.schedule.GlobalConnectionLimit;

/** Plays all accounts of a {@link Crowd} from beginning to end. */
final class Histories {

  /** Seconds within which every playback must resume after all faults have stopped. */
  private static final double RECOVERS_WITHIN = 300;

  private final List<History> accounts;

  private Histories(Crowd crowd) {
    GlobalConnectionLimit limit = crowd.limit();
    this.accounts = crowd.accounts().stream().map(account -> new History(account, limit)).toList();
  }

  /**
   * What was seen of a history that passed.
   *
   * @param seconds of virtual time, of all accounts together
   */
  record Seen(Map<Mark, Integer> marks, double seconds) {}

  /**
   * Plays the scenario.
   *
   * @throws AssertionError if an account does what it must not do
   * @throws IllegalStateException if an account has no rule for what happened
   */
  static Seen play(Crowd crowd) {
    Histories histories = new Histories(crowd);
    histories.play();
    return histories.seen();
  }

  /** Returns the last events of a history that fails, account by account. */
  static String lastEvents(Crowd crowd) {
    Histories histories = new Histories(crowd);
    histories.accounts.forEach(History::tellsLater);
    try {
      histories.play();
    } catch (AssertionError | RuntimeException _) {
      // The failure is already known; only the events before it matter.
    }
    return histories.accounts.stream().map(History::lately).collect(Collectors.joining("\n\n"));
  }

  private void play() {
    while (accounts.stream().anyMatch(History::isTroubled)) {
      accounts.forEach(History::liveOn);
    }
    accounts.forEach(History::recover);
    double left = RECOVERS_WITHIN;
    while (!accounts.stream().allMatch(History::isContent)) {
      accounts.forEach(History::step);
      left -= History.STEP;
      if (left < 0) {
        throw new AssertionError("a play does not go on though nothing is wrong any more");
      }
    }
  }

  private Seen seen() {
    Map<Mark, Integer> marks = new EnumMap<>(Mark.class);
    accounts.forEach(account ->
        account.marks().forEach((mark, times) -> marks.merge(mark, times, Integer::sum)));
    return new Seen(marks, accounts.stream().mapToDouble(History::now).sum());
  }
}
