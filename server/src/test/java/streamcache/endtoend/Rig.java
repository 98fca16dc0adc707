package streamcache.endtoend;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import streamcache.cli.Server;
import streamcache.link.LinkCodec;
import streamcache.settings.FillSettings;
import streamcache.settings.ListenSettings;
import streamcache.settings.StoreSettings;
import streamcache.settings.TroubleSettings;
import streamcache.settings.TroubleSettings.ErrorVideo;
import streamcache.testkit.Answer;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;

/** The whole product in this process, a scripted provider, and raw players. */
final class Rig implements AutoCloseable {

  static final long MIB = 1024 * 1024;

  /** Small, so that "far ahead" is not a gigabyte in a test. */
  static final long TEE_THRESHOLD = 4 * MIB;

  private final Path folder;
  private final StoreSettings storeSettings;
  private final FillSettings fillSettings;
  private final TroubleSettings troubleSettings;
  private final ScriptedOrigin origin = ScriptedOrigin.start();
  private Server server;

  private Rig(Path folder, StoreSettings storeSettings, FillSettings fillSettings)
      throws IOException {
    this(folder, storeSettings, fillSettings, trouble(ErrorVideo.PLAYERS));
  }

  private Rig(
      Path folder,
      StoreSettings storeSettings,
      FillSettings fillSettings,
      TroubleSettings troubleSettings)
      throws IOException {
    this.folder = folder;
    this.storeSettings = storeSettings;
    this.fillSettings = fillSettings;
    this.troubleSettings = troubleSettings;
    this.server = startServer();
  }

  static Rig start() throws IOException {
    return start(1024 * MIB);
  }

  static Rig start(long maxBytes) throws IOException {
    Path folder = Files.createTempDirectory("streamcache-rig");
    return new Rig(folder, store(folder, maxBytes, StoreSettings.Eviction.HEADS), fill());
  }

  static Rig start(FillSettings fillSettings) throws IOException {
    Path folder = Files.createTempDirectory("streamcache-rig");
    return new Rig(folder, store(folder, 1024 * MIB, StoreSettings.Eviction.HEADS), fillSettings);
  }

  static Rig start(TroubleSettings troubleSettings) throws IOException {
    Path folder = Files.createTempDirectory("streamcache-rig");
    StoreSettings store = store(folder, 1024 * MIB, StoreSettings.Eviction.HEADS);
    return new Rig(folder, store, fill(), troubleSettings);
  }

  static Rig on(Path folder, long maxBytes) throws IOException {
    return new Rig(folder, store(folder, maxBytes, StoreSettings.Eviction.HEADS), fill());
  }

  static StoreSettings store(Path folder, long maxBytes, StoreSettings.Eviction eviction) {
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
        /* verifyTls= */ true);
  }

  static TroubleSettings trouble(ErrorVideo errorVideo) {
    return new TroubleSettings(errorVideo, Optional.empty());
  }

  private Server startServer() throws IOException {
    ListenSettings listen =
        new ListenSettings(
            "127.0.0.1", 0, Duration.ofHours(1), Duration.ofSeconds(10), Duration.ofSeconds(5));
    return Server.start(storeSettings, fillSettings, listen, troubleSettings);
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

  /** The target of a link to a path of the origin. */
  String link(String path) {
    return linkTo(origin.url(path));
  }

  String linkTo(String url) {
    return "/u/" + new LinkCodec().encode(url);
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

  Path cache() {
    return storeSettings.folder();
  }

  /** Stops the product in order and starts it again on the same folder. */
  void restart() throws IOException {
    server.close();
    server = startServer();
  }

  @Override
  public void close() throws IOException {
    server.close();
    origin.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
