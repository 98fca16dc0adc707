package streamcache.bench.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Plays every order of a given number of events in a small world: two titles, two players, one
 * connection. A case that a random history reaches once in a million runs is certain to be reached
 * here.
 */
public final class SmallCases {

  /** Length of the prefixes that are run as separate tasks. */
  private static final int BEGINNING = 4;

  private final boolean refusesRanges;

  private SmallCases(boolean refusesRanges) {
    this.refusesRanges = refusesRanges;
  }

  /**
   * @param depth number of events in a row
   * @param refusesRanges whether the provider refuses any request with a Range
   * @return how many orders there are
   * @throws AssertionError with the events of an order that fails
   */
  public static long play(int depth, boolean refusesRanges) {
    SmallCases cases = new SmallCases(refusesRanges);
    return cases.beginnings(Math.min(depth, BEGINNING)).stream()
        .parallel()
        .mapToLong(moves -> cases.play(moves, depth))
        .sum();
  }

  /** Returns all possible first moves; each such beginning is one task. */
  private List<List<Move>> beginnings(int depth) {
    List<List<Move>> beginnings = List.of(List.of());
    for (int moves = 0; moves < depth; moves++) {
      beginnings = beginnings.stream().flatMap(this::longer).toList();
    }
    return beginnings;
  }

  private Stream<List<Move>> longer(List<Move> moves) {
    SmallWorld world = new SmallWorld(refusesRanges);
    moves.forEach(world::make);
    return world.moves().stream()
        .map(next -> Stream.concat(moves.stream(), Stream.of(next)).toList());
  }

  private long play(List<Move> moves, int depth) {
    SmallWorld world = new SmallWorld(refusesRanges);
    try {
      moves.forEach(world::make);
      if (moves.size() == depth) {
        world.finish();
        return 1;
      }
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(moves + ": " + e, e);
    }
    long orders = 0;
    for (Move next : world.moves()) {
      List<Move> all = new ArrayList<>(moves);
      all.add(next);
      orders += play(all, depth);
    }
    return orders;
  }
}
