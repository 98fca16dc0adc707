package streamcache.bench.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import streamcache.schedule.GlobalConnectionLimit;

/**
 * All accounts of one process.
 *
 * @param accounts at least one
 * @param slots connections of all accounts together; 0: more than they need
 */
record Crowd(List<Scenario> accounts, int slots) {

  /** One process in this many has several accounts. */
  private static final int SEVERAL = 10;

  static Crowd drawn(long seed) {
    List<Scenario> accounts = new ArrayList<>(List.of(Scenario.drawn(seed)));
    // Uses a separate random source, so that existing seeds still produce the same scenarios.
    Random dice = new Random(SEVERAL * ~seed);
    if (dice.nextInt(SEVERAL) > 0) {
      return new Crowd(accounts, /* slots= */ 0);
    }
    for (int i = 0; i < 1 + dice.nextInt(3); i++) {
      accounts.add(Scenario.drawn(dice.nextLong()));
    }
    int viewers = accounts.stream().mapToInt(account -> account.viewers().size()).sum();
    return new Crowd(accounts, 2 + dice.nextInt(viewers));
  }

  /** The seed that it was drawn with. */
  long seed() {
    return accounts.getFirst().seed();
  }

  GlobalConnectionLimit limit() {
    return slots == 0
        ? new GlobalConnectionLimit()
        : new GlobalConnectionLimit(slots, /* forPlayers= */ (slots + 3) / 4);
  }

  Crowd withoutQuirks() {
    return with(
        accounts.stream()
            .map(account -> account.with(account.panel().with(ProviderQuirks.NONE)))
            .toList());
  }

  Crowd with(List<Scenario> others) {
    return new Crowd(others, slots);
  }
}
