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

  private SmallCases() {}

  /**
   * @param depth number of events in a row
   * @return how many orders there are
   * @throws AssertionError with the events of an order that fails
   */
  public static long play(int depth) {
    return beginnings(Math.min(depth, BEGINNING)).stream()
        .parallel()
        .mapToLong(moves -> play(moves, depth))
        .sum();
  }

  /** Returns all possible first moves; each such beginning is one task. */
  private static List<List<Move>> beginnings(int depth) {
    List<List<Move>> beginnings = List.of(List.of());
    for (int moves = 0; moves < depth; moves++) {
      beginnings = beginnings.stream().flatMap(SmallCases::longer).toList();
    }
    return beginnings;
  }

  private static Stream<List<Move>> longer(List<Move> moves) {
    SmallWorld world = new SmallWorld();
    moves.forEach(world::make);
    return world.moves().stream()
        .map(next -> Stream.concat(moves.stream(), Stream.of(next)).toList());
  }

  private static long play(List<Move> moves, int depth) {
    SmallWorld world = new SmallWorld();
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
