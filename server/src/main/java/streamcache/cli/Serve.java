package streamcache.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.admin.AdminToken;
import streamcache.cluster.ClusterException;
import streamcache.http.ListenException;
import streamcache.http.TlsFileException;
import streamcache.link.KeyFileException;
import streamcache.settings.LogFormat;
import streamcache.settings.Settings;
import streamcache.store.StoreException;
import streamcache.store.StoreUsage;

/** The serve command: starts the server, prints its address, and waits for the signal to stop. */
final class Serve {

  private static final Logger LOG = LoggerFactory.getLogger("streamcache");

  private final Settings settings;
  private final PrintWriter out;
  private final PrintWriter err;

  Serve(Settings settings, PrintWriter out, PrintWriter err) {
    this.settings = settings;
    this.out = out;
    this.err = err;
  }

  int run() {
    Logging.configure(settings.log());
    settings.warnings().forEach(LOG::warn);
    try {
      Server server = Server.start(settings.rooms());
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop"));
      server.tell(RunningServer.told(settings, server.address().getPort(), adminPort(server)));
      greet(server);
      server.newToken().ifPresent(this::show);
      watch(server);
      return 0;
    } catch (StoreException
        | KeyFileException
        | TlsFileException
        | ListenException
        | ClusterException e) {
      err.println("streamcache: " + e.getMessage());
      return Main.CANNOT_START;
    } catch (IOException e) {
      err.println("streamcache: a file named in the settings cannot be read: " + e.getMessage());
      return Main.CANNOT_START;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  /** Until the process ends. */
  private static void watch(Server server) throws InterruptedException {
    HeapPolicy heap = HeapPolicy.ofProcess();
    CountDownLatch never = new CountDownLatch(1);
    while (!never.await(HeapPolicy.EVERY.toSeconds(), TimeUnit.SECONDS)) {
      heap.look(server.connections());
    }
  }

  private void greet(Server server) {
    StoreUsage usage = server.usage();
    int port = server.address().getPort();
    // In JSON format, machines read every line.
    Consumer<String> say = settings.log().format() == LogFormat.JSON ? LOG::info : out::println;
    say.accept(
        settings.link().baseUrl().isPresent()
            ? "Streamcache listens on port %d; players reach it at %s/"
                .formatted(port, settings.link().baseUrl().get())
            : "Streamcache listens on %s/".formatted(LinkBase.of(settings.rooms(), port)));
    say.accept(
        "Cache: %s, %s of at most %s used, %s free on the disk"
            .formatted(
                settings.store().folder(),
                gigabytes(usage.usedBytes()),
                gigabytes(usage.maxBytes()),
                gigabytes(usage.diskFreeBytes())));
    server
        .adminAddress()
        .ifPresent(own -> say.accept("The page is at port %d, /admin".formatted(own.getPort())));
    say.accept("Make a link: " + command(System.getenv()) + " link URL");
  }

  /** Not through the log, whose lines are kept and sent elsewhere. */
  private void show(AdminToken token) {
    String file = token.file().map(Path::toString).orElse("");
    if (settings.log().format() == LogFormat.JSON) {
      LOG.info("Made a token for the page at /admin and for the API; it is in {}", file);
    } else {
      err.println(
          "Token for the page at /admin and for the API, shown only now and kept in " + file + ":");
      err.println(token.text().reveal());
    }
  }

  private static int adminPort(Server server) {
    return server.adminAddress().map(InetSocketAddress::getPort).orElse(0);
  }

  /** How this program was started, so that the printed command can be typed. */
  static String command(Map<String, String> environment) {
    String written = environment.getOrDefault("STREAMCACHE_COMMAND", "");
    return written.isBlank() ? "streamcache" : written;
  }

  /**
   * Exits with 0: a process ended by SIGTERM would exit with 143, but an orderly stop is no
   * failure.
   */
  private static void stop(Server server) {
    LOG.info("stopping; playbacks may finish");
    server.close();
    LOG.info("stopped");
    Logging.stop();
    Runtime.getRuntime().halt(0);
  }

  /** A name by which other machines may know this one. */
  static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  static String gigabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
  }
}
