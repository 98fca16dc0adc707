package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.testkit.Content;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.process.Run;

/** An old cache on another file system: it is said at the start, and titles play all the same. */
final class OldCacheMountIT {

  private static final Path OTHER_MOUNT = Path.of("/dev/shm");
  private static final Content FILM = Content.of(/* seed= */ 4, 1_000_003);

  @TempDir Path folder;

  @Test
  void start_oldCacheOnAnotherMount_saysSo_andPlaysFromTheProvider() throws IOException {
    assumeThat(OTHER_MOUNT).isDirectory();
    assumeThat(Files.getFileStore(OTHER_MOUNT)).isNotEqualTo(Files.getFileStore(folder));
    Path there = Files.createTempDirectory(OTHER_MOUNT, "old");
    OldFolder old = OldFolder.in(there);
    try (ScriptedOrigin origin = ScriptedOrigin.start().serve("/film.mkv", Script.of(FILM))) {
      Path file = old.add(origin.url("/film.mkv"), FILM);
      Map<String, String> settings = Map.of("ADOPT_FROM", there.toString());
      try (Product product = Product.start(folder, settings)) {
        product.process().awaitLine(Pattern.compile("No title of ADOPT_FROM is adopted.*/v2"));
        RawClient.get(product.address(), product.link(origin.url("/film.mkv")))
            .check(FILM, 0, FILM.length());
        assertThat(origin.requests()).hasSize(1);
        Run doctor = Product.run(folder, settings, "doctor");
        assertThat(doctor.out()).contains("FIX   old cache: No title of ADOPT_FROM is adopted");
      }
      assertThat(file).exists();
    } finally {
      delete(there);
    }
  }

  @Test
  void doctor_oldCacheOnTheSameMount_saysThatItIsGood() throws IOException {
    OldFolder old = OldFolder.in(folder.resolve("old"));
    old.add("http://provider.example/film.mkv", FILM);
    Map<String, String> settings = Map.of("ADOPT_FROM", old.root().toString());
    assertThat(Product.run(folder, settings, "doctor").out())
        .contains("OK    old cache: titles of");
    assertThat(folder.resolve("cache").resolve("trash")).isEmptyDirectory();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
