package streamcache.fill;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import streamcache.link.AccountId;
import streamcache.link.KeyRing;
import streamcache.link.Originals;
import streamcache.origin.Origin;
import streamcache.settings.FillSettings;
import streamcache.store.Store;

/**
 * The door of the room: takes what playbacks want and sees to it that it is fetched once. Safe from
 * any thread.
 */
public final class Fills implements AutoCloseable {

  /** How long closed connections may take to write what they hold when the process stops. */
  private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

  private final Store store;
  private final Source source;
  private final FillListener listener;
  private final Decision decision;
  private final ScheduledExecutorService tick =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("scheduler tick").factory());
  private final ConcurrentMap<AccountId, Account> accounts = new ConcurrentHashMap<>();

  /** Without keys: sidecars do not say where a title came from. */
  public Fills(Store store, Origin origin, FillSettings settings, FillListener listener) {
    this(store, origin, settings, new Originals(KeyRing.empty()), listener);
  }

  /**
   * @param originals seals what a title was made from, for its sidecar
   */
  public Fills(
      Store store,
      Origin origin,
      FillSettings settings,
      Originals originals,
      FillListener listener) {
    this.store = store;
    this.source = new Source(origin, originals);
    this.listener = listener;
    this.decision = new Decision(settings.rangeTeeThreshold());
  }

  /** Registers a wish; whoever made it closes it. May wait for the disk when the title is new. */
  public Demand demand(Wish wish) {
    return accounts
        .computeIfAbsent(
            wish.link().account(), id -> new Account(id, source, decision, listener, tick))
        .demand(store.title(wish.link().key()), wish);
  }

  /** Ends all connections, so that what they brought can be made durable. */
  @Override
  public void close() {
    accounts.values().forEach(Account::stop);
    try {
      for (Account account : accounts.values()) {
        account.awaitQuiet(STOP_WITHIN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    tick.shutdownNow();
  }
}
