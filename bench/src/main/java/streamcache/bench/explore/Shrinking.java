package streamcache.bench.explore;

import java.util.ArrayList;
import java.util.List;

/** Finds a smaller scenario that fails in the same way. */
final class Shrinking {

  /**
   * @param failure of the smaller scenario
   */
  record Shrunk(Crowd crowd, String failure) {}

  private Shrinking() {}

  static Shrunk of(Crowd crowd, Throwable failure) {
    Shrunk best = new Shrunk(crowd, describe(failure));
    boolean isSmaller = true;
    while (isSmaller) {
      isSmaller = false;
      for (Crowd smaller : smaller(best.crowd())) {
        String seen = failure(smaller);
        if (seen.equals(kind(failure))) {
          best = new Shrunk(smaller, seen);
          isSmaller = true;
          break;
        }
      }
    }
    return best;
  }

  private static List<Crowd> smaller(Crowd crowd) {
    List<Crowd> all = new ArrayList<>();
    for (int i = 0; i < crowd.accounts().size(); i++) {
      if (crowd.accounts().size() > 1) {
        List<Scenario> fewer = new ArrayList<>(crowd.accounts());
        fewer.remove(i);
        all.add(crowd.with(fewer));
      }
      for (Scenario smaller : smaller(crowd.accounts().get(i))) {
        List<Scenario> others = new ArrayList<>(crowd.accounts());
        others.set(i, smaller);
        all.add(crowd.with(others));
      }
    }
    return all;
  }

  private static List<Scenario> smaller(Scenario scenario) {
    List<Scenario> all = new ArrayList<>();
    for (int i = 0; i < scenario.viewers().size() && scenario.viewers().size() > 1; i++) {
      List<Plot> fewer = new ArrayList<>(scenario.viewers());
      fewer.remove(i);
      all.add(scenario.with(fewer));
    }
    if (scenario.seconds() > 2) {
      all.add(scenario.lasting(scenario.seconds() / 2));
      all.add(scenario.lasting(scenario.seconds() - 1));
    }
    if (!scenario.undisturbed().equals(scenario)) {
      all.add(scenario.undisturbed());
    }
    if (!scenario.panel().quirks().equals(ProviderQuirks.NONE)) {
      all.add(scenario.with(scenario.panel().with(ProviderQuirks.NONE)));
    }
    if (!scenario.panel().well().equals(scenario.panel())) {
      all.add(scenario.with(scenario.panel().well()));
    }
    return all;
  }

  private static String failure(Crowd crowd) {
    try {
      Histories.play(crowd);
      return "";
    } catch (AssertionError | RuntimeException e) {
      return kind(e);
    }
  }

  /** Drops numbers, which differ from one history to the next. */
  private static String kind(Throwable failure) {
    return String.valueOf(failure.getMessage()).replaceAll("[0-9.\\[\\], ]+", " ");
  }

  private static String describe(Throwable failure) {
    StackTraceElement[] stack = failure.getStackTrace();
    return failure + (stack.length > 0 ? " at " + stack[0] : "");
  }
}
