package streamcache.bench.explore;

import java.util.Random;
import streamcache.schedule.AccountEvent;
import streamcache.schedule.SideQueryTurn;

/**
 * An import from the provider of one account: pages, one at a time, each a side query. Draws from a
 * sequence of its own, so that the films and players of a history are the same with it and without.
 */
final class ExploredImport {

  /** Seconds between two pages, as {@code IMPORT_PAUSE}. */
  private static final double PAUSE = 1;

  /** Seconds that a page takes: at least, and in addition. */
  private static final double QUICK = 0.2;

  private static final double SLOW = 3;

  private final AccountWorld world;
  private final Random random;
  private double nextAt;
  private double endsAt;
  private boolean isOpen;
  private boolean isRefused;

  /**
   * @param isThere whether there is one at all; one history in two has none in any case
   */
  ExploredImport(AccountWorld world, long seed, boolean isThere) {
    this.world = world;
    this.random = new Random(seed);
    this.nextAt = isThere && !random.nextBoolean() ? PAUSE : Double.MAX_VALUE;
  }

  /** Advances by one step of time. */
  void step() {
    double now = world.now();
    if (isOpen && now >= endsAt) {
      ends(now);
    } else if (!isOpen && now >= nextAt) {
      begins(now);
    }
  }

  private void begins(double now) {
    nextAt = now + PAUSE;
    SideQueryTurn turn = SideQueryTurn.BESIDE_PLAYERS;
    if (world.machine().beginSideQuery(turn, (long) (now * 1e9)).isEmpty()) {
      return;
    }
    if (!world.takesSlot(/* isAwaited= */ false)) {
      world.on(new AccountEvent.SideQueryEnded(/* hasAsked= */ false));
      return;
    }
    world.mark(Mark.PAGE_FETCHED);
    if (!world.machine().isIdle()) {
      world.mark(Mark.PAGE_BESIDE_PLAYERS);
    }
    isOpen = true;
    isRefused = !world.provider().takesPage(now);
    endsAt = now + QUICK + (isRefused ? 0 : SLOW * random.nextDouble());
  }

  private void ends(double now) {
    isOpen = false;
    if (isRefused) {
      world.mark(Mark.PAGE_REFUSED);
    } else {
      world.provider().pageEnded(now);
    }
    world.givesSlot();
    if (isRefused) {
      world.on(new AccountEvent.SideQueryRefused());
    }
    world.on(new AccountEvent.SideQueryEnded(/* hasAsked= */ true));
  }

  /** A player needs the slot; the page is abandoned in the next step. */
  void cancelled() {
    world.mark(Mark.PAGE_GAVE_WAY);
    endsAt = world.now();
  }

  /** The process is killed. */
  void killed() {
    if (isOpen) {
      isOpen = false;
      world.givesSlot();
      if (!isRefused) {
        world.provider().pageEnded(world.now());
      }
    }
  }
}
