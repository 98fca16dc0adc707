package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.testkit.Gate;
import streamcache.testkit.RawClient;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.process.Run;
import streamcache.testkit.seerr.FakeSeerr;

/** SIGKILL at any moment: every pending report is delivered, and none is delivered twice. */
final class OutboxKillIT {

  private static final int FILMS = 12;
  private static final Pattern QUEUED = Pattern.compile("seerr-queued");
  private static final Pattern DELIVERED = Pattern.compile("seerr-delivered");

  @TempDir Path folder;

  private final ScriptedOrigin provider = ScriptedOrigin.start();
  private final FakeSeerr fake = FakeSeerr.start();

  @BeforeEach
  void fill() {
    for (int film = 0; film < FILMS; film++) {
      fake.movie(1000 + film, "Film " + film, 2000);
    }
  }

  @AfterEach
  void close() {
    fake.close();
    provider.close();
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("SEERR_URL", fake.url());
    settings.put("SEERR_API_KEY", FakeSeerr.KEY);
    settings.put("SEERR_MAX_PER_HOUR", "1000");
    return settings;
  }

  /** The provider has none of these films. */
  private void fail(Product product, int film) throws IOException {
    String link = product.link(provider.url("/" + film + ".mkv"));
    String name = "/Film%20" + film + "%20(2000).mkv";
    assertThat(RawClient.get(product.address(), link + name).status()).isEqualTo(404);
  }

  @Test
  void kill_whileSeerrIsAway_losesNothing() throws IOException {
    fake.away();
    try (Product product = Product.start(folder, settings())) {
      for (int film = 0; film < FILMS; film++) {
        fail(product, film);
      }
      product.process().awaitLine(QUEUED, FILMS);
      product.process().kill9();
    }
    fake.back();
    try (Product product = Product.start(folder, settings())) {
      product.process().awaitLine(DELIVERED, FILMS);
    }
    assertThat(fake.asked()).hasSize(FILMS).doesNotHaveDuplicates();
  }

  /** The report arrives, and the process dies before it receives the response. */
  @Test
  void kill_beforeTheAnswer_isNotSentAgain() throws IOException {
    Gate gate = new Gate();
    fake.status("movie", 1000, 5).holdAnswers(gate);
    try (Product product = Product.start(folder, settings())) {
      fail(product, 0);
      fake.origin().awaitRequests("/api/v1/issue", 1);
      product.process().kill9();
    }
    gate.open();
    try (Product product = Product.start(folder, settings())) {
      product.process().awaitLine(DELIVERED);
      assertThat(Product.run(folder, settings(), "seerr").out())
          .contains("done", "Film 0 (2000).mkv", "is open");
    }
    assertThat(fake.reported()).hasSize(1);
  }

  @Test
  void kill_atRandomMoments_everythingIsToldOnce() throws IOException {
    long seed = new Random().nextLong();
    System.out.println("OutboxKillIT seed " + seed);
    Random random = new Random(seed);
    for (int film = 0; film < FILMS; film += 2) {
      fake.status("movie", 1000 + film, 5);
    }
    for (int round = 0; round < 3; round++) {
      try (Product product = Product.start(folder, settings())) {
        for (int film = round * 4; film < round * 4 + 4; film++) {
          fail(product, film);
        }
        product.process().awaitLine(QUEUED, 1 + random.nextInt(4));
        product.process().kill9();
      }
    }
    try (Product product = Product.start(folder, settings())) {
      // Reports that a kill preceded were never written: only these fail once more.
      for (int film = 0; film < FILMS; film++) {
        fail(product, film);
      }
      fake.origin().awaitRequests("/api/v1/request", FILMS / 2);
      fake.origin().awaitRequests("/api/v1/issue", FILMS / 2);
    }
    assertThat(fake.asked()).as("seed " + seed).hasSize(FILMS / 2).doesNotHaveDuplicates();
    assertThat(fake.reported().stream().map(FakeSeerr.Reported::tmdb))
        .as("seed " + seed)
        .hasSize(FILMS / 2)
        .doesNotHaveDuplicates();
  }

  @Test
  void command_listsRetriesAndDrops() throws IOException {
    fake.status("movie", 1000, 6);
    try (Product product = Product.start(folder, settings())) {
      fail(product, 0);
      product.process().awaitLine(Pattern.compile("seerr-refused"));
      Run list = Product.run(folder, settings(), "seerr");
      assertThat(list.exitCode()).isZero();
      assertThat(list.out())
          .contains("Connected to Seerr version 3.1.0 as user 1", "refused", "block list")
          .doesNotContain(FakeSeerr.KEY, "http:");
      String key = key(list);
      assertThat(Product.run(folder, settings(), "seerr", "drop", key).out()).contains("dropped");
      fake.status("movie", 1000, 1);
      assertThat(Product.run(folder, settings(), "seerr", "retry", key).out())
          .contains("to be reported");
      product.process().awaitLine(DELIVERED);
      assertThat(fake.asked()).hasSize(1);
      assertThat(Product.run(folder, settings(), "seerr", "retry", "nosuchke").exitCode())
          .isEqualTo(1);
      assertThat(Product.run(folder, settings(), "seerr", "mend").exitCode()).isEqualTo(2);
    }
  }

  @Test
  void doctor_wrongKey_isToBeMended() {
    Map<String, String> settings = settings();
    settings.put("SEERR_API_KEY", "wrong");
    Run run = Product.run(folder, settings, "doctor");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("FIX   Seerr: it rejects the key or the user");
    assertThat(Product.run(folder, settings, "seerr").out()).contains("Seerr cannot be used: ");
  }

  @Test
  void doctor_folderOfTheLibraryNotThere_isToBeMended() {
    Map<String, String> settings = settings();
    settings.put("STRM_DIRS", folder + "," + folder.resolve("series"));
    Run run = Product.run(folder, settings, "doctor");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains("OK    library: " + folder + " is readable")
        .contains("FIX   library: " + folder.resolve("series") + " is not a readable folder");
  }

  private static String key(Run list) {
    return list.out()
        .lines()
        .filter(line -> line.contains("Film 0"))
        .findFirst()
        .orElseThrow()
        .split(" ", 2)[0];
  }
}
