package streamcache.fill;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import streamcache.fill.AccountState.Claim;
import streamcache.fill.AccountState.DemandState;
import streamcache.fill.AccountState.TitleState;
import streamcache.link.TitleKey;
import streamcache.range.ByteRange;

/**
 * Which titles may begin to play: those that the line carries beside the ones that play already. In
 * the course of one decision; pure.
 *
 * <p>A film begun beside another on a line for one and a half makes both stand still again and
 * again. So whoever comes later is told that the line is taken. Where the line or a rate is not
 * known for sure, the newcomer has the benefit of the doubt: to be refused for nothing is worse.
 */
final class Admission {

  /** Beyond this share of the line no order of turns keeps all players going. */
  static final double FEASIBLE = 0.93;

  private final double line;

  /**
   * Bytes a second that those who play take for sure, and what is not fetched yet of their titles.
   */
  private double rates;

  private double missing;

  private Admission(AccountState state) {
    this.line = state.line().rate() * state.budget();
  }

  /** Titles whose players are held and need not be any more. */
  static Set<TitleKey> of(AccountState state) {
    Admission admission = new Admission(state);
    List<TitleState> newcomers =
        state.titles().stream()
            .filter(title -> title.claim().rate() > 0 && !title.claim().isAdmitted())
            .sorted(Comparator.comparingDouble(TitleState::watched).reversed())
            .toList();
    if (newcomers.isEmpty()) {
      return Set.of();
    }
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
    if (line <= 0 || rates == 0) {
      return true;
    }
    // Its rate is not known before its head is.
    if (!title.known()) {
      return false;
    }
    boolean fits = (rates + title.claim().rate()) / line < FEASIBLE;
    return fits || ahead(title) >= missing / line;
  }

  /** Seconds for which the least of its players can live on what is stored. */
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

  /** The account with the claims of {@code titles} admitted. */
  static AccountState admit(AccountState state, Set<TitleKey> titles) {
    return titles.isEmpty()
        ? state
        : new AccountState(
            state.line(),
            state.budget(),
            state.free(),
            state.settling(),
            state.titles().stream()
                .map(title -> titles.contains(title.key()) ? admitted(title) : title)
                .toList());
  }

  private static TitleState admitted(TitleState title) {
    return title.with(new Claim(/* isAdmitted= */ true, title.claim().rate()));
  }
}
