package streamcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a reader has to take in at once stays small (decision 0035). All lines count. */
final class SizeTest {

  private static final List<Path> MODULES =
      Stream.of("server", "testkit", "bench", "dist").map(Path.of("..")::resolve).toList();

  private static final Path PRODUCT = Path.of("src/main/java/streamcache");
  private static final int MOST_OF_A_FILE = 400;
  private static final int MEDIAN_OF_FILES = 100;
  private static final long MOST_OF_A_ROOM = 10_000;
  private static final long MOST_OF_THE_SCHEDULER = 14_000;

  @Test
  void files_ofAllModules_haveAtMost400Lines() throws IOException {
    Map<Path, Long> sizes = new TreeMap<>();
    for (Path module : MODULES) {
      sizes.putAll(sizes(module.resolve("src")));
    }

    assertThat(sizes).hasSizeGreaterThan(1000);
    assertThat(sizes)
        .allSatisfy((file, lines) -> assertThat(lines).isLessThanOrEqualTo(MOST_OF_A_FILE));
  }

  @Test
  void files_ofTheProduct_areShortInTheMedian() throws IOException {
    List<Long> sorted = sizes(PRODUCT).values().stream().sorted().toList();

    assertThat(sorted.get(sorted.size() / 2)).isLessThan(MEDIAN_OF_FILES);
  }

  @Test
  void rooms_stayWithinTheirBounds() throws IOException {
    Map<String, Long> rooms =
        sizes(PRODUCT).entrySet().stream()
            .collect(
                Collectors.groupingBy(
                    each -> PRODUCT.relativize(each.getKey()).getName(0).toString(),
                    Collectors.summingLong(Map.Entry::getValue)));
    long scheduler = rooms.remove("schedule") + rooms.remove("fill");

    assertThat(scheduler).isLessThanOrEqualTo(MOST_OF_THE_SCHEDULER);
    assertThat(rooms)
        .hasSizeGreaterThan(20)
        .allSatisfy((room, lines) -> assertThat(lines).isLessThanOrEqualTo(MOST_OF_A_ROOM));
  }

  private static Map<Path, Long> sizes(Path folder) throws IOException {
    Map<Path, Long> sizes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        try (Stream<String> lines = Files.lines(file)) {
          sizes.put(file, lines.count());
        }
      }
    }
    return sizes;
  }
}
