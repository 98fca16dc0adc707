package streamcache.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import streamcache.origin.Failure;

/**
 * Chooses the User-Agent for the requests of one title, and tracks which agents were refused since
 * the last success. Belongs to a title.
 *
 * <p>A provider may refuse a player for its agent alone. The agent that works for the account is
 * tried first, then those of the players that want the title. A refused request is retried once
 * with another agent before the failure is reported.
 */
final class Agents {

  /**
   * More than this many agents for one title indicate that someone is probing; the rest are not
   * tried.
   */
  private static final int MOST_AGENTS = 4;

  private final AccountAgent account;

  /** Whether the link or the settings name the agent, so that there is no alternative. */
  private final boolean isFixed;

  /** The agents refused in this round. */
  private final Set<String> refused = new TreeSet<>();

  /** Whether the title was given up, so that its next request starts a new round. */
  private boolean isOver;

  Agents(AccountAgent account, boolean isFixed) {
    this.account = account;
    this.isFixed = isFixed;
  }

  /**
   * The agent for the next request.
   *
   * @param players the agents of the players that want the title, in order of arrival; not empty
   */
  String next(List<String> players) {
    if (isOver) {
      isOver = false;
      refused.clear();
    }
    List<String> all = candidates(players);
    return all.stream()
        .filter(agent -> !refused.contains(agent))
        .findFirst()
        .orElse(all.getFirst());
  }

  private List<String> candidates(List<String> players) {
    List<String> all = new ArrayList<>();
    account.worked().ifPresent(all::add);
    all.addAll(players);
    return all;
  }

  /**
   * A request was refused.
   *
   * @return whether to retry at once with another agent
   */
  boolean refused(String agent, Failure failure, List<String> players, long now) {
    if (!isAboutAgents(failure)) {
      return false;
    }
    if (refused.add(agent) && refused.size() > 1) {
      account.vain(now);
    }
    return hasAnother(failure, players, now);
  }

  /** Whether an agent is left with which to retry the refused request. */
  boolean hasAnother(Failure failure, List<String> players, long now) {
    return isAboutAgents(failure)
        && candidates(players).stream().anyMatch(agent -> mayTry(agent, now));
  }

  /** Whether an agent may still be tried, so that its player does not share the others' failure. */
  boolean mayTry(String agent, long now) {
    return !isFixed
        && !refused.contains(agent)
        && refused.size() < MOST_AGENTS
        && account.mayTryAnother(now);
  }

  void accepted(String agent) {
    isOver = false;
    boolean wasAnother = !refused.isEmpty();
    refused.clear();
    if (!isFixed) {
      account.accepted(agent, wasAnother);
    }
  }

  void givenUp() {
    isOver = true;
  }

  /** Statuses with which providers were seen to refuse an agent, besides their usual meaning. */
  static boolean isAboutAgents(Failure failure) {
    return switch (failure.upstreamStatus().orElse(0)) {
      case 401, 403, 404, 406, 412, 428, 461 -> true;
      default -> false;
    };
  }
}
