package streamcache.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import streamcache.cluster.AccountUse;
import streamcache.cluster.Cluster;
import streamcache.cluster.ClusterException;
import streamcache.cluster.ClusterNode;
import streamcache.cluster.ClusterPorts;
import streamcache.cluster.ClusterStatus;
import streamcache.cluster.OperatorRelay;
import streamcache.cluster.Operators;
import streamcache.fill.AccountHomes;
import streamcache.fill.AccountsInUse;
import streamcache.fill.Fills;
import streamcache.fill.OtherStores;
import streamcache.http.Clients;
import streamcache.http.ListenException;
import streamcache.http.Listener;
import streamcache.link.AccountId;
import streamcache.link.BadLink;
import streamcache.link.LinkForm;
import streamcache.link.Links;
import streamcache.metrics.Meters;
import streamcache.origin.AccountNames;
import streamcache.origin.HttpOrigin;
import streamcache.origin.ProviderProfiles;
import streamcache.playback.Elsewhere;
import streamcache.playback.Handler;
import streamcache.playback.StoredTitles;
import streamcache.settings.Effective;
import streamcache.settings.ListenSettings;
import streamcache.settings.RoomSettings;
import streamcache.store.StoreFolder;

/**
 * Connects the rooms to the cluster, if there is one; a server that is alone has none of its
 * threads, ports and classes. Owned by the server.
 */
final class ClusterWiring implements AutoCloseable {

  /** What has to be equal on all nodes, beside the keys of links and the provider blocks. */
  private static final Set<String> COMPARED =
      Set.of(
          "PROVIDER_MAX_CONNECTIONS",
          "REQUIRE_SIGNED",
          "TRUSTED_PROXIES",
          "ALLOWED_HOSTS",
          "ALLOWED_REDIRECTS",
          "EGRESS_ALLOW",
          "EGRESS_DENY",
          "DISABLE_SSL_VERIFY",
          "BASE_URL",
          "ERROR_VIDEO");

  /** Signed with the keys of links, to compare them. */
  private static final String PROBE = "http://streamcache.invalid/";

  private final RoomSettings settings;
  private final Optional<Cluster> cluster;
  private final InstantSource clock;
  private Optional<Listener> door = Optional.empty();

  private ClusterWiring(RoomSettings settings, Optional<Cluster> cluster, InstantSource clock) {
    this.settings = settings;
    this.cluster = cluster;
    this.clock = clock;
  }

  /**
   * @throws IOException the ports of the cluster cannot be used; the message says what to do
   */
  static ClusterWiring open(
      RoomSettings settings, ProviderProfiles profiles, Links links, InstantSource clock)
      throws IOException {
    if (settings.cluster().isEmpty()) {
      return new ClusterWiring(settings, Optional.empty(), clock);
    }
    AccountNames names = new AccountNames(settings.fill().providers(), profiles);
    Cluster opened =
        Cluster.open(
            settings.cluster().get(),
            new StoreFolder(settings.store().folder()).id(),
            own -> names.named(own).orElse(own),
            compared(settings, links));
    return new ClusterWiring(settings, Optional.of(opened), clock);
  }

  private static Map<String, String> compared(RoomSettings settings, Links links) {
    Map<String, String> values = new TreeMap<>();
    for (Effective each : settings.admin().effective()) {
      if (COMPARED.contains(each.setting().name())) {
        values.put(each.setting().name(), each.value().orElse(""));
      }
    }
    values.put("provider blocks", settings.fill().providers().all().toString());
    try {
      values.put("SECRET_KEY_FILE", links.make(LinkForm.SIGNED, PROBE, Optional.empty()));
    } catch (BadLink _) {
      values.put("SECRET_KEY_FILE", ""); // There is no key.
    }
    return values;
  }

  AccountHomes homes() {
    return cluster.<AccountHomes>map(present -> present).orElse(AccountHomes.ALL);
  }

  OtherStores otherStores() {
    return cluster.map(present -> present.otherStores(clock)).orElse(OtherStores.NONE);
  }

  Elsewhere elsewhere() {
    Clients clients = Clients.of(settings.link());
    return cluster
        .map(present -> present.elsewhere(clients::relayed, clock))
        .orElse(Elsewhere.NOWHERE);
  }

  /**
   * Opens the port for the other nodes and joins them; blocks for about a second if there are none.
   *
   * @param players answers requests for links
   * @param stored what this node has
   * @param operators answers requests to the API
   */
  void join(
      Fills fills,
      HttpOrigin origin,
      ProviderProfiles profiles,
      Handler players,
      StoredTitles stored,
      Operators operators)
      throws IOException {
    if (cluster.isEmpty()) {
      return;
    }
    ClusterNode self = cluster.get().self();
    ListenSettings own = settings.listen();
    ListenSettings place =
        new ListenSettings(
            self.host(),
            ClusterPorts.relay(self.port()),
            own.clientIdleMax(),
            own.headWithin(),
            /* drainWithin= */ Duration.ZERO,
            /* basePath= */ "");
    try {
      Handler relayed = cluster.get().door(players, stored, operators, clock);
      door = Optional.of(Listener.start(place, Optional.empty(), relayed));
    } catch (ListenException e) {
      throw ClusterException.ofPort(place.port(), e);
    }
    cluster.get().join(new Use(fills.inUse(), origin, profiles));
  }

  /** Adds the meters of a node; a server that is alone has none. */
  void measure(Meters meters) {
    cluster.ifPresent(present ->
        meters.watchCluster(
            () -> present.status().nodes().size(),
            () -> present.status().relayed(),
            () -> present.status().bytes(),
            () -> present.status().copied()));
  }

  Optional<OperatorRelay> operators() {
    return cluster.map(present -> present.operators(clock));
  }

  Optional<ClusterStatus> status() {
    return cluster.map(Cluster::status);
  }

  /** Cuts the requests of other nodes, which have them continued elsewhere. */
  void closeDoor() {
    door.ifPresent(Listener::close);
  }

  @Override
  public void close() {
    cluster.ifPresent(Cluster::close);
  }

  private record Use(AccountsInUse accounts, HttpOrigin origin, ProviderProfiles profiles)
      implements AccountUse {

    @Override
    public Map<AccountId, String> lessons() {
      return profiles.news();
    }

    @Override
    public void repeatLessons() {
      profiles.tellAgain();
    }

    @Override
    public void hear(AccountId account, String lesson) {
      profiles.hear(account, lesson);
    }

    @Override
    public Set<AccountId> busy() {
      return accounts.busy();
    }

    @Override
    public void closeAll() {
      accounts.closeAll();
      origin.closeIdle();
    }

    @Override
    public void closeIdle() {
      origin.closeIdle();
    }

    @Override
    public void leave(Predicate<AccountId> elsewhere) {
      accounts.leave(elsewhere);
    }
  }
}
