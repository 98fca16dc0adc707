package streamcache.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.cli.Server;
import streamcache.link.BadLink;
import streamcache.link.LinkCodec;
import streamcache.origin.EgressPolicy;
import streamcache.origin.Fetch;
import streamcache.origin.HttpOrigin;
import streamcache.origin.OriginException;
import streamcache.origin.Upstream;
import streamcache.settings.Settings;
import streamcache.settings.SettingsException;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.fuzz.HostileAnswer;
import streamcache.testkit.fuzz.HostileAnswer.Truth;
import streamcache.testkit.fuzz.HostileFilm;
import streamcache.testkit.fuzz.HostileProvider;
import streamcache.testkit.fuzz.ProductFuzz;

/**
 * Runs hostile clients and hostile providers against the product in this process, for a given time;
 * started by {@code bench/fuzz}. Stops at the first difference and prints the seed and the bytes.
 */
public final class Fuzz {

  /** The provider is replaced after this many conversations, since it remembers every request. */
  private static final int ROUND = 300;

  private final Random seeds;
  private final Settings settings;
  private long conversations;
  private long answers;

  private Fuzz(long seed, Settings settings) {
    this.seeds = new Random(seed);
    this.settings = settings;
  }

  /** Takes the seconds to run and, to repeat a run, its seed. */
  public static void main(String[] arguments) throws IOException, SettingsException {
    long end = System.nanoTime() + Duration.ofSeconds(Long.parseLong(arguments[0])).toNanos();
    long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : System.nanoTime();
    System.out.println("seed " + seed);
    silence();
    Path folder = Files.createTempDirectory("streamcache-fuzz");
    Map<String, String> flags =
        Map.of(
            "PORT", "0",
            "BIND", "127.0.0.1",
            "CACHE_DIR", folder.resolve("cache").toString(),
            "CONFIG_DIR", folder.resolve("config").toString(),
            "CACHE_MAX_BYTES", "256MiB",
            "CACHE_MIN_FREE_BYTES", "0",
            "EGRESS_ALLOW", "127.0.0.1",
            // A link with a changed letter must not make the product connect to another host.
            "EGRESS_DENY", "*");
    Fuzz fuzz = new Fuzz(seed, Settings.load(flags, Map.of()));
    while (System.nanoTime() < end) {
      fuzz.clients(end);
      fuzz.providers(end);
    }
    System.out.printf(
        "%d conversations with clients, %d answers of providers: nothing found%n",
        fuzz.conversations, fuzz.answers);
    System.exit(0);
  }

  private void clients(long end) throws IOException {
    try (Server server = Server.start(settings.rooms());
        ScriptedOrigin provider = ScriptedOrigin.start()) {
      ProductFuzz fuzz = new ProductFuzz(provider, server.address(), seeds.nextLong());
      for (int i = 0; i < ROUND && System.nanoTime() < end; i++) {
        fuzz.next();
        conversations++;
      }
    }
  }

  private void providers(long end) throws IOException {
    EgressPolicy policy = new EgressPolicy(settings.fill().egress(), () -> 0);
    try (HttpOrigin origin = new HttpOrigin(settings.fill(), policy, "Streamcache/fuzz");
        HostileProvider provider = new HostileProvider(/* mayStall= */ false)) {
      for (int i = 0; i < ROUND && System.nanoTime() < end; i++) {
        int from = seeds.nextInt(3) == 0 ? seeds.nextInt(HostileFilm.LENGTH) : 0;
        long seed = seeds.nextLong();
        read(origin, fetch(provider.url(seed), from), provider.answer(seed, from));
        answers++;
      }
    }
  }

  private static void read(HttpOrigin origin, Fetch fetch, HostileAnswer answer) {
    try (Upstream upstream = origin.open(fetch)) {
      long position = upstream.start();
      ByteBuffer buffer = ByteBuffer.allocate(4096);
      while (upstream.read(buffer.clear()) >= 0) {
        for (buffer.flip(); buffer.hasRemaining(); position++) {
          require(
              buffer.get() == HostileFilm.at(position) || answer.truth() == Truth.LIE,
              "wrong byte at " + position,
              answer);
        }
      }
      require(answer.truth() != Truth.BROKEN, "came to a clean end", answer);
      boolean isAll = position == HostileFilm.LENGTH;
      require(isAll || answer.truth() != Truth.COMPLETE, "ended at " + position, answer);
    } catch (OriginException e) {
      require(answer.truth() != Truth.COMPLETE, String.valueOf(e.getMessage()), answer);
    }
  }

  private static void require(boolean isRight, String what, HostileAnswer answer) {
    if (!isRight) {
      throw new AssertionError(what + ": " + answer);
    }
  }

  /** Silences the logs: every failure here is deliberate. */
  private static void silence() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext loggers) {
      loggers.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.ERROR);
    }
  }

  private static Fetch fetch(String url, long from) {
    LinkCodec codec = new LinkCodec();
    try {
      return new Fetch(
          codec.decode(codec.encode(url)),
          from,
          OptionalLong.empty(),
          Optional.empty(),
          Map.of(),
          /* isTrusted= */ true);
    } catch (BadLink e) {
      throw new IllegalStateException("a link of our own", e);
    }
  }
}
