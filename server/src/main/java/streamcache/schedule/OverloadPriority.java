package streamcache.schedule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Decides which players are served when the bandwidth does not suffice for all: those that have
 * watched longest, as many as fit. Used within one decision; pure.
 *
 * <p>Beyond the available bandwidth no schedule keeps every player supplied. Sharing would make all
 * of them stall again and again. A player that is not admitted uses the bandwidth that the others
 * leave.
 */
final class OverloadPriority {

  /**
   * A claim on the bandwidth: a connection that players depend on, or a need of a player without
   * one.
   */
  private record Stream(Object of, double watched, double rate) {}

  private final List<Stream> admitted = new ArrayList<>();
  private final double share;

  OverloadPriority(AccountState state, Matching matching, Iterable<Need> unmatched) {
    List<Stream> streams = new ArrayList<>();
    for (Assignment serving : matching.all()) {
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
    double bandwidth = state.upstream().rate() * state.budget();
    double rates = 0;
    for (Stream stream : streams) {
      boolean fits =
          bandwidth <= 0
              || admitted.isEmpty()
              || (rates + stream.rate()) / bandwidth < Admission.FEASIBLE;
      if (fits) {
        admitted.add(stream);
        rates += stream.rate();
      }
    }
    share = bandwidth <= 0 ? 0 : Math.min(Admission.FEASIBLE, rates / bandwidth);
  }

  /** Always true for facts, which take next to no time. */
  boolean includes(Need need) {
    return need.rate() == 0 || admitted.stream().anyMatch(stream -> stream.of().equals(need));
  }

  boolean includes(Assignment serving) {
    return admitted.stream().anyMatch(stream -> stream.of() == serving);
  }

  /**
   * The needs in the order in which they get free slots: those that are pressing and admitted
   * first.
   */
  List<Need> firstComeFirst(List<Need> needs) {
    List<Need> ordered = new ArrayList<>(needs.size());
    List<Need> later = new ArrayList<>(needs.size());
    for (Need need : needs) {
      boolean isFirst = need.urgency().isPressing() && includes(need);
      (isFirst ? ordered : later).add(need);
    }
    ordered.addAll(later);
    return ordered;
  }

  /** The number of streams admitted. */
  int streams() {
    return admitted.size();
  }

  /** The share of the bandwidth that they take, below 1. */
  double share() {
    return share;
  }
}
