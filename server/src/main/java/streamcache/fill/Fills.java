package streamcache.fill;

import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.event.Event;
import streamcache.link.AccountId;
import streamcache.link.BadLink;
import streamcache.link.KeyRing;
import streamcache.link.Link;
import streamcache.link.Originals;
import streamcache.origin.AccountNames;
import streamcache.origin.Origin;
import streamcache.origin.OriginException;
import streamcache.origin.ProviderProfiles;
import streamcache.range.ByteRange;
import streamcache.schedule.SideQueryTurn;
import streamcache.schedule.ValidatorUse;
import streamcache.settings.FillSettings;
import streamcache.store.Generation;
import streamcache.store.Store;
import streamcache.store.Title;

/**
 * The entry point of this package: accepts the demands of playbacks and ensures that each byte is
 * fetched once. Thread-safe.
 */
public final class Fills implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Fills.class);

  /** How long closed connections may take to write their remaining bytes when the process stops. */
  private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

  /** How often what was learned about providers is saved, and idle accounts are forgotten. */
  private static final Duration HOUSEKEEPING = Duration.ofMinutes(1);

  /**
   * How long a side query waits for its slot. By then, a connection that has just failed has ended,
   * and is perhaps no longer counted.
   */
  private static final Duration QUIET_WITHIN = Duration.ofSeconds(5);

  /** Beyond this number, idle accounts are forgotten: links may name any number of hosts. */
  static final int MOST_QUIET_ACCOUNTS = 1024;

  private final Store store;
  private final ProviderProfiles profiles;
  private final Revalidation revalidation;

  private final Tick tick;

  /** Whether a failure of the tick has been logged; used on its thread only. */
  private boolean hasFailed;

  private final Surroundings around;
  private final AccountNames names;
  private final AccountFactory factory;
  private final ConcurrentMap<AccountId, Account> accounts = new ConcurrentHashMap<>();

  /**
   * Creates an instance without keys and without persistent profiles: sidecars do not say where a
   * title came from.
   */
  public Fills(Store store, Origin origin, FillSettings settings, Consumer<Event> events) {
    this(
        store,
        new Source(origin, new Originals(KeyRing.empty())),
        settings,
        ProviderProfiles.inMemory(InstantSource.system()),
        events);
  }

  /**
   * @param profiles what is known about providers; added to here, saved at {@link #close}
   */
  public Fills(
      Store store,
      Source source,
      FillSettings settings,
      ProviderProfiles profiles,
      Consumer<Event> events) {
    this(store, source, settings, profiles, events, AccountHomes.ALL);
  }

  /**
   * As the other constructor, for a node of a cluster.
   *
   * @param homes which accounts this node may use
   */
  public Fills(
      Store store,
      Source source,
      FillSettings settings,
      ProviderProfiles profiles,
      Consumer<Event> events,
      AccountHomes homes) {
    this(store, source, settings, profiles, events, Means.usual().with(homes));
  }

  /** As the other constructor, with the means that a test chooses. */
  Fills(
      Store store,
      Source source,
      FillSettings settings,
      ProviderProfiles profiles,
      Consumer<Event> events,
      Means means) {
    this.store = store;
    this.profiles = profiles;
    this.names = new AccountNames(settings.providers(), profiles);
    this.around =
        new Surroundings(
            means.homes(),
            means.limit(),
            means.threads(),
            means.timer().get(),
            source,
            events,
            new ScanDetector(settings.completeScans(), means.nanos()),
            new Channels(settings.liveWindow()));
    this.factory = new AccountFactory(settings, profiles, around);
    this.revalidation =
        new Revalidation(this, store, source, settings.revalidateAfter(), events, profiles::now);
    this.tick = new Tick(around.timer(), this::tick, this::isBusy);
    around.timer().every(HOUSEKEEPING, () -> guarded(this::keepHouse));
  }

  /**
   * Registers a demand, which the caller must close. May wait for the disk when the title is new.
   */
  public Demand demand(Wish wish) {
    return registered(wish);
  }

  /**
   * Registers a range that is to be stored before a player comes; the caller must close it. May
   * wait for the disk. Requests on its behalf may reach private networks.
   *
   * @param range ends at Long.MAX_VALUE for the end of the file
   */
  public Order order(Link link, ByteRange range) {
    return new AccountOrder(registered(Wish.order(link, range)), range);
  }

  private AccountDemand registered(Wish wish) {
    Title title = store.title(wish.link().key());
    while (true) {
      AccountId id = id(wish.link());
      Account account = account(id, wish.link());
      Optional<AccountDemand> demand = account.demand(title, wish);
      if (demand.isPresent()) {
        tick.wake();
        return demand.get();
      }
      accounts.remove(id, account);
    }
  }

  /**
   * Begins a title with the file of an old cache, if that is trusted; does nothing if the title has
   * a generation. Waits for the disk.
   */
  public Optional<Generation> adopt(Title title, Link link) {
    if (title.generation().isPresent() || !around.source().oldTitles().areTrusted()) {
      return Optional.empty();
    }
    return CompletableFuture.supplyAsync(
            () -> around.source().adopt(title, link),
            task -> around.threads().newThread(task).start())
        .join();
  }

  /**
   * The account that a link belongs to now. A host name that turned out to belong to another
   * account keeps its own for as long as that has anything to do: it may be fetching this title.
   */
  private AccountId id(Link link) {
    AccountId own = link.account();
    AccountId shared = names.of(own);
    Account before = shared.equals(own) ? null : accounts.get(own);
    if (before == null) {
      return shared;
    }
    if (before.forget()) {
      accounts.remove(own, before);
      return shared;
    }
    return own;
  }

  private Account account(AccountId id, Link link) {
    return accounts.computeIfAbsent(id, _ -> factory.make(id, link));
  }

  /**
   * Puts other settings into effect, for the accounts in use as well. A lower limit closes no
   * connection that a player needs: it is reached as connections end.
   *
   * @param changed differs only in what {@code RunTimeSettings} lists
   */
  public void change(FillSettings changed) {
    factory.change(changed);
    around.scans().change(changed.completeScans());
    revalidation.change(changed.revalidateAfter());
    accounts.forEach(factory::change);
    tick.wake();
  }

  private void tick() {
    accounts.values().forEach(account -> guarded(account::tick));
    guarded(revalidation::tick);
  }

  /** To be called after something was added that only time ends. */
  void wake() {
    tick.wake();
  }

  private boolean isBusy() {
    return revalidation.isBusy() || !accounts.values().stream().allMatch(Account::isAtRest);
  }

  /** An exception from one account must not end the tick of all. */
  private void guarded(Runnable part) {
    try {
      part.run();
    } catch (RuntimeException | Error e) {
      if (!hasFailed) {
        hasFailed = true;
        LOG.error("a part of the scheduler's tick failed; reported once", e);
      }
    }
  }

  private void keepHouse() {
    if (profiles.isChanged()) {
      // The timer must not wait for an unresponsive disk.
      Thread.ofPlatform().daemon().name("profiles").start(profiles::save);
    }
    if (accounts.size() > MOST_QUIET_ACCOUNTS) {
      accounts.values().removeIf(Account::forget);
    }
  }

  /**
   * Runs a side query, on a connection that counts like any other. It runs only when no other
   * connection of the account is open or wanted, and only until a player needs its slot. Blocks for
   * the duration of the query, after waiting for up to a few seconds.
   *
   * @param link a link of the account
   * @return empty when the account is in use, or a player came to need it
   */
  public <T> Optional<T> sideQuery(Link link, QueryPurpose purpose, SideQuery<T> question)
      throws OriginException {
    return sideQuery(link, purpose, SideQueryTurn.ALONE, question);
  }

  /**
   * As the other method, at the given turn; empty also if the provider refuses it beside others.
   */
  public <T> Optional<T> sideQuery(
      Link link, QueryPurpose purpose, SideQueryTurn turn, SideQuery<T> question)
      throws OriginException {
    try {
      return account(id(link), link).sideQuery(question, purpose, turn, QUIET_WITHIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /**
   * The provider's panel states how many connections an account may have. Kept across restarts; a
   * number in the settings takes precedence.
   *
   * @param link a link of the account
   * @param connections at least 1
   */
  public void stated(Link link, int connections) {
    AccountId id = id(link);
    new ProfileStore(id, profiles).stated(connections);
    if (factory.rules(id).maxConnections().isEmpty()) {
      account(id, link).stated(connections);
    }
  }

  /**
   * The link from which a generation was fetched; empty if its sidecar does not say so, or the key
   * for that is gone.
   */
  public Optional<Link> original(Generation generation) {
    try {
      Optional<String> sealed = generation.facts().original();
      return sealed.isEmpty()
          ? Optional.empty()
          : Optional.of(around.source().originals().open(sealed.get()).link());
    } catch (BadLink e) {
      return Optional.empty();
    }
  }

  /** A wish of nobody's player: it has the agent that the link's account accepted last. */
  Wish operatorsWish(Link link) {
    Map<String, String> headers =
        new ProfileStore(id(link), profiles)
            .agent()
            .filter(agent -> !agent.isEmpty())
            .map(agent -> Map.of(Wish.AGENT, agent))
            .orElse(Map.of());
    return new Wish(
        link,
        0,
        Long.MAX_VALUE,
        /* factsOnly= */ true,
        headers,
        ClientId.of(InetAddress.getLoopbackAddress(), Optional.empty()),
        /* isTrusted= */ true);
  }

  /** What the validators of a link's account are taken to show. */
  ValidatorUse validators(Link link) {
    return account(id(link), link).validators();
  }

  /** Whether requests to a link's account carry a Range. */
  boolean sendsRange(Link link) {
    return account(id(link), link).sendsRange();
  }

  /** Bytes of the link's title came with other validators than the same stored bytes. */
  void refuted(Link link) {
    account(id(link), link).refuted(link.key());
  }

  /** The check whether the files of complete titles are still those of their providers. */
  public Revalidation revalidation() {
    return revalidation;
  }

  /**
   * The name of the title that holds, or gets next, the account's connection instead of this one.
   */
  public Optional<String> firstInLine(Link link) {
    return Optional.ofNullable(accounts.get(id(link)))
        .flatMap(account -> account.firstInLine(link.key()));
  }

  /** The accounts that links have named since the start, at this moment. */
  public List<AccountView> accounts() {
    return accounts.entrySet().stream()
        .map(account -> new AccountView(account.getKey(), account.getValue().status()))
        .toList();
  }

  /** The same for the cluster that decides which node uses an account. */
  public AccountsInUse inUse() {
    return new AccountsInUse(accounts);
  }

  /** The number of titles that are wanted, fetched, resting, or waiting to be completed. */
  int titles() {
    return accounts.values().stream().mapToInt(Account::titles).sum();
  }

  /** Ends all connections, so that what they delivered can be made durable. */
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
    around.timer().close();
    revalidation.close();
    profiles.save();
  }
}
