package streamcache.playback;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the newest connection of a transfer past the store when the player leaves. An exchange keeps
 * every action until its end, and a title past the store takes hundreds of connections, so only one
 * action is registered. Set by the playback's thread, run from any.
 */
final class Leaving implements Consumer<Runnable> {

  private final Exchange exchange;
  private boolean isRegistered;
  private volatile @Nullable Runnable cutter;

  Leaving(Exchange exchange) {
    this.exchange = exchange;
  }

  /** Replaces the previous action with {@code newest}; runs it at once if the player has left. */
  @Override
  public void accept(Runnable newest) {
    cutter = newest;
    if (!isRegistered) {
      isRegistered = true;
      exchange.onGone(this::cut);
    } else if (exchange.isGone()) {
      cut();
    }
  }

  /** Drops the action: nothing is left to be cut. */
  void forget() {
    cutter = null;
  }

  private void cut() {
    Runnable last = cutter;
    if (last != null) {
      last.run();
    }
  }
}
