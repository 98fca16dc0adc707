package streamcache.bench.sim;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import streamcache.cli.Server;
import streamcache.link.LinkCodec;
import streamcache.settings.Settings;
import streamcache.settings.SettingsException;
import streamcache.testkit.Content;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.StreamLimit;

/**
 * Plays a scene against the real product in this process, in real time: the simulator's players as
 * clients, a scripted provider as upstream. The calling thread runs all players.
 */
final class Reality {

  /**
   * The result.
   *
   * @param stall seconds that pictures stood still, of all viewers, start-up left out
   * @param startUp seconds from the request to the first picture, of one viewer
   * @param opens requests to the provider
   * @param refusals by the provider
   * @param peak connections to the provider at the same time
   * @param fetched bytes from the provider
   */
  record Seen(double stall, double startUp, int opens, int refusals, int peak, long fetched) {}

  /** Small, so that bytes count as sent only when the product has them. */
  private static final int SEND_BUFFER = 64 << 10;

  private static final int TOO_MANY = 429;

  private final Terms terms;
  private final Scene scene;
  private final UnaryOperator<Script> provider;
  private final Clock clock = new Clock();
  private final List<Player> players = new ArrayList<>();

  private Reality(Terms terms, Scene scene, UnaryOperator<Script> provider) {
    this.terms = terms;
    this.provider = provider;
    this.scene = scene;
  }

  /**
   * Takes as long as the scene lasts.
   *
   * @param provider how it differs from a healthy one
   * @param folder for the cache; not emptied
   */
  static Seen of(Terms terms, Scene scene, UnaryOperator<Script> provider, Path folder)
      throws IOException, SettingsException {
    StreamLimit budget =
        StreamLimit.of(terms.connections(), TOO_MANY).coolDown(seconds(terms.coolDown()));
    ScriptedOrigin.Options options = ScriptedOrigin.Options.PLAIN.sendBuffer(SEND_BUFFER);
    try (ScriptedOrigin origin = ScriptedOrigin.start(options).budget(budget);
        Server product = Server.start(settings(terms, folder).rooms())) {
      Reality reality = new Reality(terms, scene, provider);
      reality.arrange(origin, product);
      reality.play();
      return reality.seen(origin, budget);
    }
  }

  private static Settings settings(Terms terms, Path folder) throws SettingsException {
    Map<String, String> flags =
        Map.of(
            "PORT", "0",
            "BIND", "127.0.0.1",
            "CACHE_DIR", folder.resolve("cache").toString(),
            "CONFIG_DIR", folder.resolve("config").toString(),
            "CACHE_MIN_FREE_BYTES", "0",
            "EGRESS_ALLOW", "127.0.0.1",
            "ERROR_VIDEO", "off",
            "PROVIDER_MAX_CONNECTIONS", String.valueOf(terms.connections()));
    return Settings.load(flags, Map.of());
  }

  private void arrange(ScriptedOrigin origin, Server product) {
    for (int viewer = 0; viewer < scene.viewers().size(); viewer++) {
      int title = scene.title(viewer);
      String path = "/movie/someone/secret/" + title + ".mkv";
      Content content = RealContent.of(title);
      Script healthy =
          Script.of(content).pace((long) terms.rate()).headDelay(seconds(terms.firstByte()));
      origin.serve(path, provider.apply(healthy));
      String target = "/u/" + new LinkCodec().encode(origin.url(path));
      RealFilm film = new RealFilm(product.address(), target, content);
      players.add(new Player(film, scene.viewers().get(viewer)));
    }
  }

  private void play() {
    long begun = System.nanoTime();
    while (clock.seconds() < scene.seconds()) {
      clock.advance();
      LockSupport.parkNanos(begun + clock.now() - System.nanoTime());
      players.forEach(player -> player.advance(clock.seconds()));
    }
    players.forEach(player -> player.finish(clock.seconds()));
  }

  private Seen seen(ScriptedOrigin origin, StreamLimit budget) {
    List<SceneTally> tallies = players.stream().map(Player::tally).toList();
    return new Seen(
        tallies.stream().mapToDouble(SceneTally::stall).sum(),
        tallies.stream().mapToDouble(SceneTally::startUp).average().orElse(0),
        origin.requests().size(),
        budget.refusals(),
        origin.peakConnections(),
        origin.bodyBytes());
  }

  private static Duration seconds(double seconds) {
    return Duration.ofNanos(Clock.nanos(seconds));
  }
}
