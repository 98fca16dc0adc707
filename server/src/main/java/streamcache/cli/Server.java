package streamcache.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.admin.Admin;
import streamcache.admin.AdminParts;
import streamcache.admin.AdminToken;
import streamcache.admin.EventFeed;
import streamcache.admin.PlayList;
import streamcache.admin.Timeline;
import streamcache.admin.TrafficHistory;
import streamcache.catalog.LinkMaker;
import streamcache.event.Subscribers;
import streamcache.fill.Fills;
import streamcache.fill.OldTitles;
import streamcache.fill.QueryPurpose;
import streamcache.fill.Source;
import streamcache.http.Clients;
import streamcache.http.ListenException;
import streamcache.http.Listener;
import streamcache.http.Permission;
import streamcache.http.PlayHandler;
import streamcache.http.Router;
import streamcache.link.AccountId;
import streamcache.link.KeyFileException;
import streamcache.link.KeyRing;
import streamcache.link.KeyRules;
import streamcache.link.LinkForm;
import streamcache.link.Links;
import streamcache.link.Originals;
import streamcache.metrics.EventLog;
import streamcache.metrics.Meters;
import streamcache.origin.AddressPolicy;
import streamcache.origin.EgressPolicy;
import streamcache.origin.HttpOrigin;
import streamcache.origin.LegacyTls;
import streamcache.origin.Pages;
import streamcache.origin.ProviderProfiles;
import streamcache.playback.Handler;
import streamcache.playback.Playbacks;
import streamcache.playback.StoredTitles;
import streamcache.prewarm.AddedTitles;
import streamcache.prewarm.NextEpisodes;
import streamcache.prewarm.Prewarms;
import streamcache.seerr.Panel;
import streamcache.settings.ProviderBlocks;
import streamcache.settings.ProviderRules;
import streamcache.settings.RoomSettings;
import streamcache.settings.StoreSettings;
import streamcache.store.AdoptionTrial;
import streamcache.store.OldCache;
import streamcache.store.Store;
import streamcache.store.StoreException;
import streamcache.store.StoreFolder;
import streamcache.store.StoreUsage;
import streamcache.trouble.ErrorVideo;
import streamcache.xtream.ImportRounds;
import streamcache.xtream.PanelGate;

/**
 * Wires the whole program; the only place where the packages are connected. Opened and closed by
 * {@link Main} or by a test. Closing stops accepting connections, lets players finish, ends fills
 * and writes a checkpoint.
 */
public final class Server implements AutoCloseable {

  /** The User-Agent if neither the link nor the player provides one. */
  static final String AGENT = "Streamcache/1.0";

  private static final Logger LOG = LoggerFactory.getLogger("streamcache");

  /** The file in the cache folder that holds what was learned about providers. */
  static final String HABITS = "PROVIDERS";

  /** How long a panel may take to respond; a player of the same account may have to wait for it. */
  private static final Duration PANEL_WITHIN = Duration.ofSeconds(4);

  private final Store store;
  private final Listener listener;
  private final Optional<AdminToken> token;
  private final Admin admin;
  private final AdminPort adminPort;

  /** What {@link #close} does, in this order. */
  private final List<Runnable> closes;

  private Server(
      Store store,
      Listener listener,
      Optional<AdminToken> token,
      Admin admin,
      AdminPort adminPort,
      List<Runnable> closes) {
    this.store = store;
    this.listener = listener;
    this.token = token;
    this.admin = admin;
    this.adminPort = adminPort;
    this.closes = List.copyOf(closes);
  }

  /**
   * Opens the keys, the store, then the port.
   *
   * @throws KeyFileException if the keys cannot be used; the message says why and what to do
   * @throws StoreException if the folder cannot be used; the message says why and what to do
   * @throws ListenException if the port cannot be opened; the message says why and what to do
   * @throws IOException if a file of the settings cannot be read
   */
  public static Server start(RoomSettings settings) throws IOException {
    return start(settings, InstantSource.system());
  }

  /** As the other method, with a clock that a test controls. */
  public static Server start(RoomSettings settings, InstantSource clock) throws IOException {
    if (settings.fill().providers().permitLegacyTls()) {
      LegacyTls.permit();
    }
    FutureTask<KeyRing> opening = Keys.begin(settings.link(), LOG::info, LOG::warn);
    Meters meters = new Meters();
    EventLog log = new EventLog(Clients.of(settings.link())::address);
    PlayList plays = new PlayList(clock);
    Timeline timeline =
        new Timeline(
            settings.store().folder().resolve("timeline"),
            Clients.of(settings.link())::address,
            clock);
    TrafficHistory history =
        new TrafficHistory(settings.store().folder().resolve("history"), clock);
    NextEpisodes nextEpisodes = new NextEpisodes(settings.library().nextEpisode());
    EventFeed feed = new EventFeed(timeline, clock);
    Subscribers operator =
        new Subscribers(List.of(meters, log, plays, timeline, history, feed, nextEpisodes));
    Outboxes outboxes = new Outboxes(settings, clock, operator);
    Subscribers events = operator.and(outboxes.consumers());
    Store store = Store.open(settings.store(), events);
    KeyRing keys = keys(opening, store);
    meters.watch(store::usage);
    AtomicInteger port = new AtomicInteger(settings.listen().port());
    AtomicInteger adminPort = new AtomicInteger();
    AddressPolicy policy =
        new EgressPolicy(
            settings.fill().egress(), asked -> asked == port.get() || asked == adminPort.get());
    ProviderProfiles profiles =
        ProviderProfiles.open(settings.store().folder().resolve(HABITS), clock);
    HttpOrigin origin = new HttpOrigin(settings.fill(), policy, AGENT, profiles);
    ProviderBlocks providers = settings.fill().providers();
    KeyRules keyRules = providers::dropParameters;
    Links links = new Links(keys, keyRules);
    Originals originals = new Originals(keys, keyRules);
    ClusterWiring cluster = cluster(settings, store, profiles, links, clock);
    cluster.measure(meters);
    Fills fills =
        new Fills(
            store,
            new Source(
                origin,
                originals,
                new OldTitles(oldCache(settings.store(), clock)),
                cluster.otherStores()),
            settings.fill(),
            profiles,
            events,
            cluster.homes());
    Prewarms prewarms = new Prewarms(store, fills, settings.store().folder(), originals);
    Playbacks playbacks =
        new Playbacks(store, fills, settings.fill(), events, clock, cluster.elsewhere());
    RunningSettings running = new RunningSettings(settings, store, origin, fills, playbacks);
    Permission permission = new Permission(settings.link(), clock, events);
    PanelGate gate = new ServerSideGate(fills, origin.pages());
    ImportService pages = new ImportService(gate, links, clock);
    Optional<AdminToken> token = AdminToken.openOrMake(settings.admin(), LOG::warn);
    RunningLogLevel logLevel = new RunningLogLevel(System::nanoTime);
    AtomicReference<IntSupplier> connections = new AtomicReference<>(() -> 0);
    Admin admin =
        Admin.of(
            new AdminParts(
                Version.current(),
                settings.admin(),
                running,
                token,
                Clients.of(settings.link()),
                store,
                fills,
                profiles,
                account -> lessons(running, profiles, account),
                plays,
                timeline,
                history,
                prewarms,
                originals,
                feed,
                new LibraryFolders(settings, port::get, links, clock),
                links,
                origin.probe(),
                () -> LinkBase.of(settings, port.get()),
                () -> connections.get().getAsInt(),
                logLevel,
                cluster::status,
                cluster.operators(),
                clock));
    @Nullable ErrorVideo errorVideo = null;
    @Nullable AdminPort adminListener = null;
    try {
      errorVideo =
          ErrorVideo.open(
              settings.trouble(), providers, new ViewerNotes(fills, outboxes.remedies()), clock);
      PlayHandler players =
          new PlayHandler(links, permission, settings.clients(), playbacks, errorVideo);
      running.players(players);
      Handler router =
          new Router(
              new SelfCheck(
                  players,
                  links,
                  Clients.of(settings.link()),
                  new StoreFolder(settings.store().folder()).id(),
                  clock),
              Map.of(
                  "/metrics",
                  permission.atHomeOnly(exchange -> TextPage.send(exchange, meters.scrape())),
                  ImportService.PAGE,
                  permission.atHomeOnly(pages::page),
                  ImportService.LIMIT,
                  permission.atHomeOnly(pages::limit),
                  "/healthz",
                  exchange -> TextPage.health(exchange, store.usage()),
                  "/health",
                  exchange -> TextPage.health(exchange, store.usage())),
              AdminPort.onPlayersPort(settings),
              admin);
      adminListener = AdminPort.open(settings, admin);
      adminPort.set(adminListener.port());
      Listener listener = Listener.start(settings.listen(), settings.tls(), router);
      connections.set(listener::connections);
      port.set(listener.address().getPort());
      cluster.join(fills, origin, profiles, players, new StoredTitles(store), admin::answer);
      outboxes.start(store::usage, links, panel(fills, origin.pages()));
      log.start();
      timeline.start();
      history.start(store::usage, max -> store.settings().lowWatermark(max));
      prewarms.start();
      PrewarmWiring.start(nextEpisodes, settings, store, links, prewarms);
      AddedTitles added = PrewarmWiring.added(settings, links, prewarms, clock);
      ImportRounds imports =
          new ImportRounds(
              settings.imports(), gate, maker(settings, links, port.get()), keyRules, clock);
      imports.start();
      LibraryUpkeep library = LibraryUpkeep.start(settings, port.get(), links, events, clock);
      return new Server(
          store,
          listener,
          token,
          admin,
          adminListener,
          List.of(
              admin::close,
              adminListener::close,
              listener::close,
              cluster::closeDoor,
              library::close,
              errorVideo::close,
              nextEpisodes::close,
              added::close,
              prewarms::close,
              fills::close,
              cluster::close,
              imports::close,
              origin::close,
              outboxes::close,
              store::close,
              timeline::close,
              history::close,
              log::close,
              logLevel::close));
    } catch (IOException e) {
      if (adminListener != null) {
        adminListener.close();
      }
      if (errorVideo != null) {
        errorVideo.close();
      }
      cluster.closeDoor();
      prewarms.close();
      fills.close();
      cluster.close();
      origin.close();
      outboxes.close();
      store.close();
      throw e;
    }
  }

  private static ClusterWiring cluster(
      RoomSettings settings,
      Store store,
      ProviderProfiles profiles,
      Links links,
      InstantSource clock)
      throws IOException {
    try {
      return ClusterWiring.open(settings, profiles, links, clock);
    } catch (IOException e) {
      store.close();
      throw e;
    }
  }

  private static OldCache oldCache(StoreSettings settings, InstantSource clock) {
    settings
        .adoption()
        .flatMap(old -> new AdoptionTrial(old.folder(), settings.folder()).objection())
        .ifPresent(LOG::warn);
    return OldCache.of(settings.adoption(), clock);
  }

  private static Panel panel(Fills fills, Pages pages) {
    return (film, question) ->
        fills.sideQuery(
            film,
            QueryPurpose.ACCOUNT_STATE,
            (call, _) -> pages.read(question, Panel.MOST_BYTES, PANEL_WITHIN, call));
  }

  private static LinkMaker maker(RoomSettings settings, Links links, int port) {
    String base = LinkBase.of(settings, port);
    return new LinkMaker(links, LinkForm.SEALED, base, Optional.empty(), InstantSource.system());
  }

  private static List<String> lessons(
      RunningSettings settings, ProviderProfiles profiles, AccountId account) {
    ProviderRules rules =
        account
            .name()
            .map(settings.fill()::accountRules)
            .orElseGet(() -> settings.fill().rules(account.host(), account.port()));
    return new ProfileWords(account, profiles.of(account), rules).lines(profiles.today());
  }

  private static KeyRing keys(FutureTask<KeyRing> opening, Store store) throws KeyFileException {
    try {
      return Keys.await(opening);
    } catch (KeyFileException e) {
      store.close();
      throw e;
    }
  }

  /** The address it listens on, with the port that the system chose if the setting is 0. */
  public InetSocketAddress address() {
    return listener.address();
  }

  /** Where the page and the API are, if they have a port of their own. */
  public Optional<InetSocketAddress> adminAddress() {
    return adminPort.address();
  }

  /** The operations of the API, each as {@code METHOD path}. */
  public List<String> operations() {
    return admin.operations();
  }

  /** The operator's token, if this start has made it. */
  Optional<AdminToken> newToken() {
    return token.filter(AdminToken::isNew);
  }

  /** The number of open connections of clients. */
  int connections() {
    return listener.connections();
  }

  public StoreUsage usage() {
    return store.usage();
  }

  /** Tells commands that use the same cache folder what they need to know of this server. */
  void tell(Map<String, String> told) {
    store.tell(told);
  }

  @Override
  public void close() {
    closes.forEach(Runnable::run);
  }
}
