package streamcache.schedule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import streamcache.link.TitleKey;
import streamcache.range.ByteRange;
import streamcache.schedule.AccountState.Claim;
import streamcache.schedule.AccountState.DemandState;
import streamcache.schedule.AccountState.TitleState;

/**
 * Decides which titles may start to play: those that the bandwidth can carry in addition to those
 * that are already playing. Used within one decision; pure.
 *
 * <p>When two titles share bandwidth for one and a half, both stall again and again. The later one
 * is therefore refused. Where the bandwidth or a rate is not certain, the newcomer gets the benefit
 * of the doubt: an unnecessary refusal is worse.
 */
final class Admission {

  /** Above this share of the bandwidth, no schedule keeps all players supplied. */
  static final double FEASIBLE = 0.93;

  private final double bandwidth;

  /**
   * Bytes per second that the playing titles take for certain; the bytes of them not yet fetched.
   */
  private double rates;

  private double missing;

  private Admission(AccountState state) {
    this.bandwidth = state.upstream().rate() * state.budget();
  }

  /** The titles whose players are held and can now be admitted. */
  static Set<TitleKey> of(AccountState state) {
    Admission admission = new Admission(state);
    List<TitleState> newcomers = new ArrayList<>();
    for (TitleState title : state.titles()) {
      if (title.claim().rate() > 0 && !title.claim().isAdmitted()) {
        newcomers.add(title);
      }
    }
    if (newcomers.isEmpty()) {
      return Set.of();
    }
    newcomers.sort(Comparator.comparingDouble(TitleState::watched).reversed());
    state.titles().stream()
        .filter(title -> title.claim().rate() > 0 && title.claim().isAdmitted())
        .forEach(admission::plays);
    Set<TitleKey> admitted = new LinkedHashSet<>();
    for (TitleState newcomer : newcomers) {
      if (admission.carries(newcomer)) {
        admitted.add(newcomer.key());
        admission.plays(newcomer);
      }
    }
    return admitted;
  }

  private void plays(TitleState title) {
    rates += title.claim().rate();
    missing += title.end() - (double) title.present().size();
  }

  private boolean carries(TitleState title) {
    if (bandwidth <= 0 || rates == 0) {
      return true;
    }
    // Its rate is unknown until its head is known.
    if (!title.known()) {
      return false;
    }
    boolean fits = (rates + title.claim().rate()) / bandwidth < FEASIBLE;
    return fits || ahead(title) >= missing / bandwidth;
  }

  /** Seconds of stored bytes ahead of the player that has the fewest. */
  private static double ahead(TitleState title) {
    return title.demands().stream()
        .filter(demand -> !demand.factsOnly())
        .mapToDouble(demand -> ahead(title, demand))
        .min()
        .orElse(0);
  }

  private static double ahead(TitleState title, DemandState demand) {
    long end = Math.min(demand.end(), title.end());
    if (demand.position() >= end) {
      return Double.POSITIVE_INFINITY;
    }
    return title
        .present()
        .firstHole(new ByteRange(demand.position(), end))
        .map(hole -> (hole.start() - demand.position()) / demand.rate())
        .orElse(Double.POSITIVE_INFINITY);
  }

  /** The account's state with the claims of {@code titles} admitted. */
  static AccountState admit(AccountState state, Set<TitleKey> titles) {
    return titles.isEmpty()
        ? state
        : new AccountState(
            state.upstream(),
            state.budget(),
            state.free(),
            state.settling(),
            state.reserved(),
            state.titles().stream()
                .map(title -> titles.contains(title.key()) ? admitted(title) : title)
                .toList());
  }

  private static TitleState admitted(TitleState title) {
    return title.with(new Claim(/* isAdmitted= */ true, title.claim().rate()));
  }
}
