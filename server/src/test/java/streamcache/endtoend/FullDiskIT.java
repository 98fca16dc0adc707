package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.testkit.Answer;
import streamcache.testkit.BodyEnd;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.Gate;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.process.Run;
import streamcache.testkit.process.SmallDisk;

/** A disk that is full, small or read-only ends no playback; the cache recovers with free space. */
final class FullDiskIT {

  private static final long MIB = 1024 * 1024;
  private static final Content FILM = Content.of(8, 30 * MIB + 5);
  private static final Content SMALL = Content.of(9, 3 * MIB);

  @TempDir Path folder;

  @BeforeEach
  void needMounts() {
    if (!SmallDisk.isPossible()) {
      System.err.println("LEFT OUT: " + SmallDisk.IMPOSSIBLE);
    }
    assumeTrue(SmallDisk.isPossible(), SmallDisk.IMPOSSIBLE);
  }

  @Test
  void play_diskFilledMeanwhile_goesOnAndHeals() throws IOException {
    Gate gate = new Gate();
    try (SmallDisk disk = SmallDisk.mount(64);
        ScriptedOrigin origin =
            ScriptedOrigin.start()
                .serve("/film.mkv", Script.of(FILM).gate(10 * MIB, gate))
                .serve("/small.mkv", Script.of(SMALL));
        Product product = Product.start(folder, onDisk(disk))) {
      String link = product.link(origin.url("/film.mkv"));
      CheckedStream player = RawClient.stream(product.address(), link, FILM).awaitBytes(9 * MIB);
      disk.fillUpTo(0);
      gate.open();
      assertThat(player.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      assertThat(player.bytes()).isEqualTo(FILM.length());
      player.close();
      product.process().awaitLine(Pattern.compile("store-failed"));
      RawClient.get(product.address(), link).check(FILM, 0, FILM.length());
      disk.free();
      product.process().awaitLine(Pattern.compile("store-recovered"));
      String small = product.link(origin.url("/small.mkv"));
      RawClient.get(product.address(), small).check(SMALL, 0, SMALL.length());
      Answer hit = RawClient.get(product.address(), small);
      assertThat(hit.header("X-Cache")).contains("HIT");
      assertThat(countOf(product, "store-failed")).isEqualTo(1);
    }
  }

  @Test
  void play_coldTitleOnFullDisk_isPassedOn() throws IOException {
    try (SmallDisk disk = SmallDisk.mount(16);
        ScriptedOrigin origin = ScriptedOrigin.start().serve("/film.mkv", Script.of(FILM));
        Product product = Product.start(folder, onDisk(disk))) {
      disk.fillUpTo(0);
      String link = product.link(origin.url("/film.mkv"));
      Answer answer = RawClient.get(product.address(), link);
      answer.check(FILM, 0, FILM.length());
      assertThat(answer.header("X-Cache")).contains("PASS");
      assertThat(RawClient.get(product.address(), "/healthz").status()).isEqualTo(200);
    }
  }

  @Test
  void play_filmLargerThanTheDisk_isWhole() throws IOException {
    try (SmallDisk disk = SmallDisk.mount(24);
        ScriptedOrigin origin = ScriptedOrigin.start().serve("/film.mkv", Script.of(FILM));
        Product product = Product.start(folder, onDisk(disk))) {
      String link = product.link(origin.url("/film.mkv"));
      RawClient.get(product.address(), link).check(FILM, 0, FILM.length());
    }
  }

  /** Open files of a running server prevent a read-only remount, so it happens between runs. */
  @Test
  void serve_diskMadeReadOnly_saysSoAndKeepsWhatWasThere() throws IOException {
    try (SmallDisk disk = SmallDisk.mount(16);
        ScriptedOrigin origin = ScriptedOrigin.start().serve("/small.mkv", Script.of(SMALL))) {
      try (Product product = Product.start(folder, onDisk(disk))) {
        String link = product.link(origin.url("/small.mkv"));
        RawClient.get(product.address(), link).check(SMALL, 0, SMALL.length());
        product.process().terminate();
      }
      disk.makeReadOnly();
      Run run = Product.run(folder, onDisk(disk), "serve");
      assertThat(run.exitCode()).as(run.toString()).isEqualTo(2);
      assertThat(run.err()).contains("cannot be created or written").doesNotContain("\tat ");
      disk.makeWritable();
      try (Product product = Product.start(folder, onDisk(disk))) {
        String link = product.link(origin.url("/small.mkv"));
        Answer hit = RawClient.get(product.address(), link);
        hit.check(SMALL, 0, SMALL.length());
        assertThat(hit.header("X-Cache")).contains("HIT");
        assertThat(origin.requests("/small.mkv")).hasSize(1);
      }
    }
  }

  @Test
  void play_filmLargerThanTheCache_staysWithinTheLimit() throws IOException {
    Content large = Content.of(10, 120 * MIB);
    try (ScriptedOrigin origin =
            ScriptedOrigin.start().serve("/large.mkv", Script.of(large).pace(60 * MIB));
        Product product = Product.start(folder, Map.of("CACHE_MAX_BYTES", "40MiB"))) {
      String link = product.link(origin.url("/large.mkv"));
      try (CheckedStream player = RawClient.stream(product.address(), link, large)) {
        for (long at = 10 * MIB; at < large.length(); at += 10 * MIB) {
          player.awaitBytes(at);
          assertThat(used(product)).isLessThanOrEqualTo(40 * MIB + 2 * 256 * 1024);
        }
        assertThat(player.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
        assertThat(player.bytes()).isEqualTo(large.length());
      }
      assertThat(origin.bodyBytes("/large.mkv")).isLessThan((long) (large.length() * 1.2));
    }
  }

  private static Map<String, String> onDisk(SmallDisk disk) {
    return Map.of("CACHE_DIR", disk.folder().resolve("cache").toString());
  }

  private static long used(Product product) throws IOException {
    return product
        .metrics()
        .lines()
        .filter(line -> line.startsWith("streamcache_store_used_bytes "))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
        .findFirst()
        .orElseThrow();
  }

  private static long countOf(Product product, String event) {
    return product.process().lines().stream().filter(line -> line.contains(event)).count();
  }
}
