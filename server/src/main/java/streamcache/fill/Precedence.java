package streamcache.fill;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Who may count on the line when it cannot carry all: whoever has watched longest, as many as fit.
 * In the course of one decision; pure.
 *
 * <p>With more than the line carries no order of turns keeps everybody going; sharing it would make
 * all of them stand still again and again. Who is not admitted lives on what the others leave.
 */
final class Precedence {

  /** A wish for the line: a connection that players live on, or one that a player is without. */
  private record Stream(Object of, double watched, double rate) {}

  private final List<Stream> admitted = new ArrayList<>();
  private final double share;

  Precedence(AccountState state, Matching matching, Iterable<Need> unmatched) {
    List<Stream> streams = new ArrayList<>();
    for (Serving serving : matching.all()) {
      if (serving.isLive()) {
        streams.add(new Stream(serving, serving.title().watched(), serving.rate()));
      }
    }
    for (Need need : unmatched) {
      if (need.isLive() && need.rate() > 0) {
        streams.add(new Stream(need, need.title().watched(), need.rate()));
      }
    }
    streams.sort(Comparator.comparingDouble(Stream::watched).reversed());
    double line = state.line().rate() * state.budget();
    double rates = 0;
    for (Stream stream : streams) {
      boolean fits =
          line <= 0 || admitted.isEmpty() || (rates + stream.rate()) / line < Admission.FEASIBLE;
      if (fits) {
        admitted.add(stream);
        rates += stream.rate();
      }
    }
    share = line <= 0 ? 0 : Math.min(Admission.FEASIBLE, rates / line);
  }

  /** Facts are asked for in no time. */
  boolean includes(Need need) {
    return need.rate() == 0 || admitted.stream().anyMatch(stream -> stream.of().equals(need));
  }

  boolean includes(Serving serving) {
    return admitted.stream().anyMatch(stream -> stream.of() == serving);
  }

  /** Those for whom something has to be done now, in the order in which they get free places. */
  List<Need> firstComeFirst(List<Need> needs) {
    return needs.stream()
        .sorted(Comparator.comparing(need -> !(need.urgency().isPressing() && includes(need))))
        .toList();
  }

  /** How many it admits. */
  int streams() {
    return admitted.size();
  }

  /** What share of the line they take, below 1. */
  double share() {
    return share;
  }
}
