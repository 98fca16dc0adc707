package streamcache.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures what an open page of the operator costs the server: beside nothing, and beside 200
 * events a second, which are 40 cold titles (a play and a connection that begin and end, and a
 * title that is complete). Then how long the API takes for a page of the list. Started by {@code
 * bench/page}; takes the folder of a built distribution and the number of titles in the store.
 */
public final class PageBench {

  private static final Duration ROUND = Duration.ofSeconds(20);
  private static final int ROUNDS = 3;
  private static final int TITLES_A_SECOND = 40;
  private static final int SAMPLES = 21;
  private static final int PORT = 28398;

  /** So many fill the store at once; more would wait for the disk alone. */
  private static final int FILLERS = 16;

  private static final List<String> LISTS =
      List.of(
          "sort=last-play",
          "sort=size",
          "sort=present",
          "sort=name",
          "sort=name&query=1234",
          "show=partial");

  private final MeasuredServer product;
  private final String token;
  private final AtomicLong titles = new AtomicLong();

  private PageBench(MeasuredServer product, String token) {
    this.product = product;
    this.token = token;
  }

  public static void main(String[] arguments) throws IOException {
    try (TemporaryFolder folder = TemporaryFolder.named("streamcache-page")) {
      MeasuredFilm.write(folder.path());
      Path own = Files.createDirectory(folder.path().resolve("product"));
      Path distribution = Path.of(arguments[0]).toAbsolutePath();
      try (MeasuredServer _ = Servers.nginx(folder.path());
          MeasuredServer product = Servers.product(distribution, own, PORT)) {
        String token = Files.readString(own.resolve("config").resolve("admin.token")).strip();
        new PageBench(product, token).run(Integer.parseInt(arguments[1]));
      }
    }
  }

  private void run(int count) throws IOException {
    long begun = System.nanoTime();
    fill(count);
    Table.head("titles", "filled in, s");
    Table.row(titles.get(), (System.nanoTime() - begun) / 1e9);
    Table.head("titles", "events a second", "page open", "share of a core, percent");
    for (int events : List.of(0, 5 * TITLES_A_SECOND)) {
      Series closed = new Series();
      Series open = new Series();
      for (int round = 0; round < ROUNDS; round++) {
        closed.add(load(events > 0));
        try (InputStream feed = open("/admin/live")) {
          Thread reader = Thread.startVirtualThread(() -> drain(feed));
          open.add(load(events > 0));
          reader.interrupt();
        }
      }
      Table.row(titles.get(), events, "no", closed.median());
      Table.row(titles.get(), events, "yes", open.median());
    }
    browse();
    Table.head("titles", "page of the list", "ms");
    for (String wanted : LISTS) {
      Series took = new Series();
      for (int sample = 0; sample < SAMPLES; sample++) {
        long asked = System.nanoTime();
        try (InputStream page = open("/api/v1/titles?limit=100&" + wanted)) {
          drain(page);
        }
        took.add((System.nanoTime() - asked) / 1e6);
      }
      Table.row(titles.get(), wanted, took.median());
    }
  }

  /** What the operator notices while 200 events a second happen. */
  private void browse() throws IOException {
    Series task = new Series();
    Series list = new Series();
    Series search = new Series();
    try (PageInChromium page = PageInChromium.open("http://127.0.0.1:" + PORT, token)) {
      for (int round = 0; round < ROUNDS; round++) {
        page.watch();
        var _ = load(/* isBusy= */ true);
        task.add(page.longestTask());
        list.add(page.openList());
        search.add(page.search());
      }
    }
    Table.head("titles", "in Chromium, 200 events a second before", "ms");
    Table.row(titles.get(), "longest task of 20 s", task.median());
    Table.row(titles.get(), "list of titles opens", list.median());
    Table.row(titles.get(), "search finds", search.median());
  }

  /** By players at full speed: each title is fetched, stored and noted as any other. */
  private void fill(int count) throws IOException {
    try (ExecutorService players = Executors.newFixedThreadPool(FILLERS)) {
      List<Future<?>> running = new ArrayList<>();
      for (int player = 0; player < FILLERS; player++) {
        running.add(
            players.submit(() -> {
              while (titles.get() < count) {
                play();
              }
              return null;
            }));
      }
      for (Future<?> each : running) {
        each.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IOException(e);
    }
  }

  /** The processor time of the server for a round, in percent of a core. */
  private double load(boolean isBusy) throws IOException {
    double before = product.cpuSeconds();
    long begun = System.nanoTime();
    long end = begun + ROUND.toNanos();
    for (long next = begun; next < end; next += 1_000_000_000L / TITLES_A_SECOND) {
      LockSupport.parkNanos(next - System.nanoTime());
      if (isBusy) {
        play();
      }
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    return (product.cpuSeconds() - before) / seconds * 100;
  }

  private void play() throws IOException {
    long number = titles.getAndIncrement();
    // Names in another order than that of their plays.
    String name = "/Film%20" + Long.reverse(number) + ".mkv";
    Sink.whole(product.address(), PeerLinks.tiny("?page=" + number) + name, 1);
  }

  private InputStream open(String path) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create("http://127.0.0.1:" + PORT + path).toURL().openConnection();
    connection.setRequestProperty("Authorization", "Bearer " + token);
    return connection.getInputStream();
  }

  private static void drain(InputStream body) {
    try {
      body.transferTo(OutputStream.nullOutputStream());
    } catch (IOException closed) {
      // The page was closed.
    }
  }
}
