package streamcache.bench.explore;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import streamcache.bench.sim.Unhindered;
import streamcache.bench.sim.Watching;
import streamcache.range.ByteRange;
import streamcache.schedule.AccountEvent;
import streamcache.schedule.AccountMachine;
import streamcache.schedule.AccountRules;
import streamcache.schedule.DemandTerms;
import streamcache.schedule.Effect;
import streamcache.schedule.Learned;
import streamcache.schedule.ObservedReader;
import streamcache.schedule.ObservedTransfer;
import streamcache.settings.PlayerWaits;

/** Measures how long one step of a busy account takes: 20 titles, 40 readers, 4 connections. */
public final class StepBench {

  private static final int TITLES = 20;
  private static final int READERS = 40;
  private static final int CONNECTIONS = 4;
  private static final int STEPS = 200_000;
  private static final long LENGTH = 1L << 30;

  /** A reader in the middle of its film, with a minute stored ahead. */
  private record Reader(long position) implements ObservedReader {
    @Override
    public long end() {
      return Long.MAX_VALUE;
    }

    @Override
    public long watched() {
      return position;
    }

    @Override
    public double rate() {
      return 1e6;
    }

    @Override
    public double claims(long now) {
      return 1e5;
    }

    @Override
    public double buffered(long now) {
      return 20;
    }
  }

  private record Transfer(long position) implements ObservedTransfer {
    @Override
    public double rate(long now) {
      return 1e8;
    }

    @Override
    public double bandwidth(long now) {
      return 1e8;
    }

    @Override
    public OptionalDouble ran(long now) {
      return OptionalDouble.of(10);
    }

    @Override
    public boolean isAccepted() {
      return true;
    }
  }

  private StepBench() {}

  public static void main(String[] arguments) {
    long now = 0;
    AccountRules rules =
        new AccountRules(
            CONNECTIONS,
            Optional.empty(),
            true,
            Optional.empty(),
            false,
            0,
            true,
            20 << 20,
            PlayerWaits.USUAL.place(),
            1);
    AccountMachine machine =
        new AccountMachine(rules, new Unhindered(), Learned.NONE, Optional.empty(), now);
    List<Effect> effects = new ArrayList<>();
    for (int reader = 0; reader < READERS; reader++) {
      Stored film = new Stored(reader % TITLES, LENGTH);
      film.store(ByteRange.ofLength(0, 100_000_000), true);
      film.isKnown(true);
      DemandTerms terms =
          new DemandTerms(film.link(), false, "player", true, Optional.of(new Watching()));
      Reader reading = new Reader(40_000_000L + reader * 1_000_000L);
      effects.addAll(
          machine.on(
              new AccountEvent.DemandCame(reader, film.link().key(), film, reading, terms), now));
    }
    effects.addAll(machine.on(new AccountEvent.TimePassed(), now));
    for (Effect effect : effects) {
      if (effect instanceof Effect.Open open) {
        Transfer transfer = new Transfer(open.range().start());
        machine.on(new AccountEvent.ConnectionMade(open.connection(), transfer), now);
        machine.on(
            new AccountEvent.ConnectionAnswered(open.connection(), Duration.ofMillis(50)), now);
      }
    }
    print("a reader waits for the next write, and goes on", times(machine, true));
    print("a whole decision", times(machine, false));
  }

  /** Returns the nanoseconds of each step, sorted; the first half of the steps only warms up. */
  private static long[] times(AccountMachine machine, boolean isFollower) {
    long[] times = new long[STEPS];
    for (int round = 0; round < 2; round++) {
      for (int step = 0; step < STEPS; step++) {
        long number = step % READERS;
        long begun = System.nanoTime();
        if (isFollower) {
          machine.on(new AccountEvent.DemandUnblocked(number), step);
        } else {
          machine.on(new AccountEvent.TimePassed(), step);
        }
        times[step] = System.nanoTime() - begun;
      }
    }
    Arrays.sort(times);
    return times;
  }

  private static void print(String what, long[] times) {
    System.out.printf(
        "%s: median %.1f us, 99 %% within %.1f us%n",
        what, times[STEPS / 2] / 1e3, times[STEPS / 100 * 99] / 1e3);
  }
}
