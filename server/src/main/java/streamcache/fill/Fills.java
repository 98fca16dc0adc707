package streamcache.fill;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import streamcache.link.AccountId;
import streamcache.link.KeyRing;
import streamcache.link.Link;
import streamcache.link.Originals;
import streamcache.origin.HabitBook;
import streamcache.origin.Origin;
import streamcache.origin.OriginException;
import streamcache.settings.FillSettings;
import streamcache.settings.ProviderRules;
import streamcache.store.Store;
import streamcache.store.Title;

/**
 * The door of the room: takes what playbacks want and sees to it that it is fetched once. Safe from
 * any thread.
 */
public final class Fills implements AutoCloseable {

  /** How long closed connections may take to write what they hold when the process stops. */
  private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

  /** What only time changes is looked at this often. */
  private static final Duration TICK = Duration.ofMillis(250);

  /** Panels with the account in the path usually allow one; two would be refused or worse. */
  private static final int XTREAM_CONNECTIONS = 1;

  private static final int USUAL_CONNECTIONS = 4;

  /** The connection that has just failed is over by then, and perhaps no longer counted. */
  private static final Duration QUIET_WITHIN = Duration.ofSeconds(5);

  /** Ticks between two times that what was learned of providers is written: a minute. */
  private static final int TICKS_TO_SAVE = 240;

  /** Beyond, those are forgotten of which nothing goes on: links may name any number of hosts. */
  static final int MOST_QUIET_ACCOUNTS = 1024;

  private final Store store;
  private final Source source;
  private final HabitBook habits;
  private final FillListener listener;
  private final FillSettings settings;
  private final Decision decision;

  /** A connection that ends after {@link #close} has nothing left to decide about. */
  private final ScheduledExecutorService tick =
      new ScheduledThreadPoolExecutor(
          1,
          Thread.ofPlatform().daemon().name("scheduler tick").factory(),
          new ThreadPoolExecutor.DiscardPolicy());

  /** Counted on the tick's thread. */
  private long ticks;

  private final Places places = new Places();
  private final ConcurrentMap<AccountId, Account> accounts = new ConcurrentHashMap<>();

  /** Without keys and memory: sidecars do not say where a title came from. */
  public Fills(Store store, Origin origin, FillSettings settings, FillListener listener) {
    this(
        store,
        new Source(origin, new Originals(KeyRing.empty())),
        settings,
        HabitBook.inMemory(InstantSource.system()),
        listener);
  }

  /**
   * @param habits what is known of providers; added to here, saved at {@link #close}
   */
  public Fills(
      Store store, Source source, FillSettings settings, HabitBook habits, FillListener listener) {
    this.store = store;
    this.source = source;
    this.habits = habits;
    this.listener = listener;
    this.settings = settings;
    this.decision = new Decision(settings.rangeTeeThreshold());
    long every = TICK.toMillis();
    var _ = tick.scheduleWithFixedDelay(this::tick, every, every, TimeUnit.MILLISECONDS);
  }

  /** Registers a wish; whoever made it closes it. May wait for the disk when the title is new. */
  public Demand demand(Wish wish) {
    Title title = store.title(wish.link().key());
    while (true) {
      Account account =
          accounts.computeIfAbsent(wish.link().account(), id -> account(id, wish.link()));
      Optional<Demand> demand = account.demand(title, wish);
      if (demand.isPresent()) {
        return demand.get();
      }
      accounts.remove(wish.link().account(), account);
    }
  }

  private Account account(AccountId id, Link link) {
    int usual = link.isXtream() ? XTREAM_CONNECTIONS : USUAL_CONNECTIONS;
    ProviderRules rules = settings.rules(id.host(), id.port());
    long now = System.nanoTime();
    Budget budget = new Budget(rules.maxConnections().orElse(usual), rules.coolDown(), now);
    Memory memory = new Memory(id, habits);
    memory.restore(budget, rules.maxConnections().isPresent(), now);
    Ledger ledger = new Ledger(budget, rules, memory);
    return new Account(
        source,
        ledger,
        places,
        new Dispatcher(id, ledger, places, source, decision, listener, tick));
  }

  private void tick() {
    accounts.values().forEach(Account::tick);
    ticks++;
    if (ticks % TICKS_TO_SAVE == 0 && habits.isChanged()) {
      // The tick must not wait for a disk that does not answer.
      Thread.ofPlatform().daemon().name("habits").start(habits::save);
    }
    if (accounts.size() > MOST_QUIET_ACCOUNTS) {
      accounts.values().removeIf(Account::forget);
    }
  }

  /**
   * Has something asked of a provider that is no film, on a connection that is counted like any
   * other: when nothing else of the account is open or wanted, so that no player waits for long.
   * Blocks for as long as the question does, and a few seconds before it.
   *
   * @param link whose account it is
   * @return empty when the account is in use
   */
  public <T> Optional<T> aside(Link link, Aside<T> question) throws OriginException {
    Account account = accounts.computeIfAbsent(link.account(), id -> account(id, link));
    try {
      return account.aside(question, QUIET_WITHIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** The name of the title that has, or gets next, the account's connection instead of this one. */
  public Optional<String> firstInLine(Link link) {
    return Optional.ofNullable(accounts.get(link.account()))
        .flatMap(account -> account.firstInLine(link.key()));
  }

  /** Titles that are wanted, fetched, resting, or wait to be completed. */
  int titles() {
    return accounts.values().stream().mapToInt(Account::titles).sum();
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
    habits.save();
  }
}
