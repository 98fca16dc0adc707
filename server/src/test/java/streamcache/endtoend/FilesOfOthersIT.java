package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.testkit.Content;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.process.Run;

/** Files of others are never lost, whether they lie in the cache or the cache lies among them. */
final class FilesOfOthersIT {
  private static final int SIZE = 8_000_000;

  @TempDir private Path folder;

  /** Files that are not part of the cache, by path, with their content. */
  private final Map<Path, String> files = new LinkedHashMap<>();

  @Test
  void serve_filesOfOthersInEveryFolder_areUntouchedByPlayFullCacheKillAndStop()
      throws IOException {
    try (ScriptedOrigin origin = ScriptedOrigin.start()) {
      Map<String, String> settings =
          Map.of(
              "CACHE_MAX_BYTES", "30000000",
              "CACHE_LOW_WATERMARK_BYTES", "20000000",
              "CACHE_JANITOR_INTERVAL", "1s",
              "EVICTION", "lru",
              "WEBHOOK_URL", origin.url("/hook"));
      int film = 0;
      try (Product product = Product.start(folder, settings)) {
        play(origin, product, film++);
        play(origin, product, film++);
        product.process().kill9();
      }
      putEverywhere();
      for (int start = 0; start < 2; start++) {
        try (Product product = Product.start(folder, settings)) {
          for (int i = 0; i < 4; i++) {
            play(origin, product, film++);
          }
          if (start == 0) {
            product.process().kill9();
          } else {
            assertThat(product.process().terminate()).isZero();
          }
        }
        assertUntouched();
      }
      try (Product product = Product.start(folder, settings)) {
        play(origin, product, film);
        assertThat(product.process().terminate()).isZero();
      }
      assertUntouched();
    }
  }

  @Test
  void serveAndDoctor_folderOfSomebodyElse_refuseItWithAWayOut() throws IOException {
    put("Films/Holiday.mkv");
    put("notes.txt");
    for (String command : List.of("serve", "doctor")) {
      Run run = Product.run(folder, Map.of(), command);
      assertThat(run.exitCode()).isNotZero();
      assertThat(run.out() + run.err())
          .contains(cache().toString(), "is not empty", "Set CACHE_DIR to an empty folder");
    }
    assertUntouched();
    try (Stream<Path> all = Files.list(cache())) {
      assertThat(all.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("Films", "notes.txt");
    }
  }

  private static void play(ScriptedOrigin origin, Product product, int number) throws IOException {
    Content film = Content.of(number, SIZE);
    String path = "/film%d.mkv".formatted(number);
    origin.serve(path, Script.of(film));
    RawClient.get(product.address(), product.link(origin.url(path))).check(film, 0, SIZE);
    origin.awaitIdle();
    assertThat(origin.requests(path)).hasSize(1);
  }

  private void putEverywhere() throws IOException {
    put("notes.txt");
    put("trash/Mine.mkv");
    put("trash/0123456789abcdef");
    put("kept/Mine.mkv");
    put("outbox/notes.txt");
    put("outbox/Mine.mkv.lock");
    put("media/7f/Holiday [12345678].mkv");
    try (Stream<Path> shards = Files.list(cache().resolve("media"))) {
      for (Path shard : shards.toList()) {
        String name = "media/" + shard.getFileName() + "/Holiday [%s].mkv";
        put(name.formatted(shard.getFileName() + "cdefgh"));
        put(name.formatted(shard.getFileName() + "cdefgh") + ".part");
        put(name.formatted("zzzzzzzz") + ".chunks/000001");
      }
    }
    // Named like a film of the cache except for the part before the key.
    try (Stream<Path> all = Files.walk(cache().resolve("media"))) {
      for (Path ours : all.filter(path -> path.toString().endsWith(".st")).toList()) {
        String brief = ours.getFileName().toString().substring(0, 8);
        put("media/%s/Holiday [%s].mkv".formatted(brief.substring(0, 2), brief));
        put("media/%s/Holiday [%s].nfo".formatted(brief.substring(0, 2), brief));
      }
    }
  }

  private void put(String name) throws IOException {
    Path file = cache().resolve(name);
    Files.createDirectories(file.resolveSibling(".").normalize());
    Files.writeString(file, "mine: " + name);
    files.put(file, "mine: " + name);
  }

  private void assertUntouched() {
    files.forEach((file, text) -> assertThat(file).hasContent(text));
  }

  private Path cache() {
    return folder.resolve("cache");
  }
}
