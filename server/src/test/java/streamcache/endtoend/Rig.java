package streamcache.endtoend;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import streamcache.cli.Server;
import streamcache.link.BadLink;
import streamcache.link.KeyFile;
import streamcache.link.KeyFileException;
import streamcache.link.KeyRing;
import streamcache.link.LinkCodec;
import streamcache.link.LinkForm;
import streamcache.link.Links;
import streamcache.settings.AdminSettings;
import streamcache.settings.AdmissionPolicy;
import streamcache.settings.AdoptionSettings;
import streamcache.settings.ClientSettings;
import streamcache.settings.EgressEntry;
import streamcache.settings.EgressSettings;
import streamcache.settings.ErrorVideoPolicy;
import streamcache.settings.EvictionPolicy;
import streamcache.settings.FillSettings;
import streamcache.settings.ImportSettings;
import streamcache.settings.LibrarySettings;
import streamcache.settings.LinkSettings;
import streamcache.settings.ListenSettings;
import streamcache.settings.ProviderBlocks;
import streamcache.settings.RedirectPolicy;
import streamcache.settings.RequireSigned;
import streamcache.settings.RoomSettings;
import streamcache.settings.SecretText;
import streamcache.settings.SeerrSettings;
import streamcache.settings.Settings;
import streamcache.settings.SettingsException;
import streamcache.settings.StoreSettings;
import streamcache.settings.TroubleSettings;
import streamcache.settings.WebhookSettings;
import streamcache.testkit.Answer;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;

/** The whole server in this process, a scripted provider, and raw players. */
final class Rig implements AutoCloseable {

  static final long MIB = 1024 * 1024;

  /** Small, so that "far ahead" does not mean a gigabyte in a test. */
  static final long TEE_THRESHOLD = 4 * MIB;

  /** The operator's, for the API. */
  static final String TOKEN = "token-of-the-operator";

  /** The default settings. */
  private static final ClientSettings CLIENTS = new ClientSettings(200, 600);

  private final Path folder;
  private final RoomSettings settings;
  private final ScriptedOrigin origin;
  private final InstantSource clock;
  private Server server;

  private final MachineFailures machine = new MachineFailures();

  private Rig(Path folder, RoomSettings settings) throws IOException {
    this(folder, settings, ScriptedOrigin.start(), InstantSource.system());
  }

  private Rig(Path folder, RoomSettings settings, ScriptedOrigin origin, InstantSource clock)
      throws IOException {
    this.origin = origin;
    this.clock = clock;
    this.folder = folder;
    this.settings = settings;
    this.server = Server.start(settings, clock);
  }

  static Rig start() throws IOException {
    return start(1024 * MIB);
  }

  static Rig start(long maxBytes) throws IOException {
    return on(folder(), maxBytes);
  }

  /** With a cache of the given size, low mark and eviction policy. */
  static Rig start(long maxBytes, long lowMark, EvictionPolicy eviction) throws IOException {
    Path folder = folder();
    StoreSettings plain = store(folder, maxBytes, eviction);
    StoreSettings store =
        new StoreSettings(
            plain.folder(),
            plain.maxBytes(),
            OptionalLong.of(lowMark),
            plain.minFreeBytes(),
            plain.janitorInterval(),
            plain.progressFlushBytes(),
            plain.eviction());
    return new Rig(folder, rooms(store, fill(), link(folder), trouble(ErrorVideoPolicy.PLAYERS)));
  }

  /** With the cache of the nginx version in {@code old}. */
  static Rig adopting(Path old, boolean isTrusted, long maxBytes) throws IOException {
    Path folder = folder();
    StoreSettings plain = store(folder, maxBytes, EvictionPolicy.HEADS);
    StoreSettings store =
        new StoreSettings(
            plain.folder(),
            plain.maxBytes(),
            plain.lowWatermarkBytes(),
            plain.minFreeBytes(),
            plain.janitorInterval(),
            plain.progressFlushBytes(),
            plain.eviction(),
            Optional.of(new AdoptionSettings(old, isTrusted)));
    return new Rig(folder, rooms(store, fill(), link(folder), trouble(ErrorVideoPolicy.PLAYERS)));
  }

  static Rig start(FillSettings fill) throws IOException {
    Path folder = folder();
    return new Rig(
        folder, rooms(store(folder), fill, link(folder), trouble(ErrorVideoPolicy.PLAYERS)));
  }

  /** With a clock that the test sets. */
  static Rig at(InstantSource clock, FillSettings fill) throws IOException {
    Path folder = folder();
    RoomSettings rooms =
        rooms(store(folder), fill, link(folder), trouble(ErrorVideoPolicy.PLAYERS));
    return new Rig(folder, rooms, ScriptedOrigin.start(), clock);
  }

  /** With provider blocks, in which each {@code %s} stands for the scripted provider. */
  static Rig set(String... lines) throws IOException {
    return set(InstantSource.system(), lines);
  }

  static Rig set(InstantSource clock, String... lines) throws IOException {
    Path folder = folder();
    ScriptedOrigin origin = ScriptedOrigin.start();
    String place = "127.0.0.1:" + origin.port();
    List<String> written = Stream.of(lines).map(line -> line.replace("%s", place)).toList();
    FillSettings fill = fill().with(blocks(folder, written));
    RoomSettings rooms =
        rooms(store(folder), fill, link(folder), trouble(ErrorVideoPolicy.PLAYERS));
    return new Rig(folder, rooms, origin, clock);
  }

  private static ProviderBlocks blocks(Path folder, List<String> lines) throws IOException {
    Path config = Files.createDirectories(folder.resolve("config"));
    Files.write(config.resolve("streamcache.conf"), lines);
    try {
      return Settings.load(Map.of("CONFIG_DIR", config.toString()), Map.of()).fill().providers();
    } catch (SettingsException e) {
      throw new IOException(e);
    }
  }

  static Rig start(TroubleSettings trouble) throws IOException {
    Path folder = folder();
    return new Rig(folder, rooms(store(folder), fill(), link(folder), trouble));
  }

  /** With a Seerr to request titles from and a webhook for events. */
  static Rig telling(Optional<SeerrSettings> seerr, Optional<WebhookSettings> webhook)
      throws IOException {
    return telling(InstantSource.system(), seerr, webhook);
  }

  static Rig telling(
      InstantSource clock, Optional<SeerrSettings> seerr, Optional<WebhookSettings> webhook)
      throws IOException {
    Path folder = folder();
    RoomSettings mute =
        rooms(store(folder), fill(), link(folder), trouble(ErrorVideoPolicy.PLAYERS));
    RoomSettings rooms =
        new RoomSettings(
            mute.store(),
            mute.fill(),
            mute.listen(),
            mute.link(),
            mute.trouble(),
            seerr,
            webhook,
            CLIENTS,
            Optional.empty(),
            new LibrarySettings(List.of()),
            ImportSettings.NONE,
            mute.admin());
    return new Rig(folder, rooms, ScriptedOrigin.start(), clock);
  }

  /** With other rules for links, and the loopback as a trusted proxy if one is given. */
  static Rig asking(RequireSigned required, String... trustedProxies) throws IOException {
    Path folder = folder();
    List<EgressEntry.Block> proxies =
        Stream.of(trustedProxies)
            .map(address -> new EgressEntry.Block(InetAddress.ofLiteral(address), 32))
            .toList();
    LinkSettings link =
        new LinkSettings(required, proxies, link(folder).keyFile(), true, Optional.empty());
    return new Rig(folder, rooms(store(folder), fill(), link, trouble(ErrorVideoPolicy.PLAYERS)));
  }

  static Rig on(Path folder, long maxBytes) throws IOException {
    StoreSettings store = store(folder, maxBytes, EvictionPolicy.HEADS);
    return new Rig(folder, rooms(store, fill(), link(folder), trouble(ErrorVideoPolicy.PLAYERS)));
  }

  private static Path folder() throws IOException {
    return Files.createTempDirectory("streamcache-rig");
  }

  private static RoomSettings rooms(
      StoreSettings store, FillSettings fill, LinkSettings link, TroubleSettings trouble) {
    ListenSettings listen =
        new ListenSettings(
            "127.0.0.1", 0, Duration.ofHours(1), Duration.ofSeconds(10), Duration.ofSeconds(5), "");
    return new RoomSettings(
        store,
        fill,
        listen,
        link,
        trouble,
        /* seerr= */ Optional.empty(),
        /* webhook= */ Optional.empty(),
        CLIENTS,
        /* tls= */ Optional.empty(),
        new LibrarySettings(List.of()),
        ImportSettings.NONE,
        new AdminSettings(
            Optional.of(new SecretText(TOKEN)),
            /* bind= */ Optional.empty(),
            store.folder().resolveSibling("config"),
            List.of()));
  }

  private static StoreSettings store(Path folder) {
    return store(folder, 1024 * MIB, EvictionPolicy.HEADS);
  }

  static StoreSettings store(Path folder, long maxBytes, EvictionPolicy eviction) {
    return new StoreSettings(
        folder.resolve("cache"),
        OptionalLong.of(maxBytes),
        OptionalLong.empty(),
        /* minFreeBytes= */ 0,
        Duration.ofMinutes(5),
        256 * 1024,
        eviction);
  }

  static FillSettings fill() {
    return new FillSettings(
        TEE_THRESHOLD,
        Duration.ofSeconds(60),
        Duration.ofSeconds(8),
        Duration.ofMinutes(5),
        /* providerMaxConnections= */ OptionalInt.empty(),
        /* verifyTls= */ true,
        egress());
  }

  /** An account with one connection, and the given time limits for players. */
  static FillSettings oneConnection(Duration answerWithin, Duration placeWaitMax) {
    return new FillSettings(
        TEE_THRESHOLD,
        Duration.ofSeconds(60),
        answerWithin,
        /* firstByteWithin= */ placeWaitMax.plusSeconds(2),
        placeWaitMax,
        Duration.ofMinutes(5),
        OptionalInt.of(1),
        /* verifyTls= */ true,
        egress(),
        /* completeAfter= */ 0,
        /* completeScans= */ false,
        AdmissionPolicy.FIRST,
        /* revalidateAfter= */ Duration.ofHours(12),
        ProviderBlocks.NONE);
  }

  private static LinkSettings link(Path folder) {
    return new LinkSettings(
        RequireSigned.PUBLIC,
        List.of(),
        folder.resolve("config").resolve("secret.key"),
        /* keyFileNamed= */ true,
        Optional.empty());
  }

  /** The scripted provider listens on the loopback, which is refused unless allowed. */
  static EgressSettings egress() {
    EgressEntry loopback =
        new EgressEntry(
            new EgressEntry.Block(InetAddress.ofLiteral("127.0.0.1"), 32), OptionalInt.empty());
    return new EgressSettings(List.of(loopback), List.of(), List.of(), RedirectPolicy.ANY);
  }

  static TroubleSettings trouble(ErrorVideoPolicy errorVideo) {
    return new TroubleSettings(errorVideo, Optional.empty());
  }

  ScriptedOrigin origin() {
    return origin;
  }

  Rig serve(String path, Script script) {
    origin.serve(path, script);
    return this;
  }

  InetSocketAddress address() {
    return new InetSocketAddress("127.0.0.1", server.address().getPort());
  }

  /** The request target of a link to a path of the provider. */
  String link(String path) {
    return linkTo(origin.url(path));
  }

  String linkTo(String url) {
    return "/u/" + new LinkCodec().encode(url);
  }

  /** The request target of a link of another form to a path of the provider. */
  String link(LinkForm form, String path, Optional<Instant> expires)
      throws BadLink, KeyFileException {
    KeyRing keys = new KeyFile(settings.link().keyFile()).open().orElseThrow();
    return new Links(keys).make(form, origin.url(path), expires);
  }

  Answer get(String path, String... headers) throws IOException {
    return RawClient.get(address(), link(path), headers);
  }

  Answer head(String path, String... headers) throws IOException {
    return RawClient.head(address(), link(path), headers);
  }

  CheckedStream stream(String path, Content content, String... headers) throws IOException {
    return RawClient.stream(address(), link(path), content, headers);
  }

  long usedBytes() {
    return server.usage().usedBytes();
  }

  /** The operations of the API, each as METHOD path. */
  List<String> operations() {
    return server.operations();
  }

  Path cache() {
    return settings.store().folder();
  }

  /** Stops the server in an orderly way and starts it again on the same folder. */
  void restart() throws IOException {
    server.close();
    server = Server.start(settings, clock);
  }

  @Override
  public void close() throws IOException {
    server.close();
    origin.close();
    machine.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
