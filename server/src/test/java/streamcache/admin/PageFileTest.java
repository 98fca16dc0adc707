package streamcache.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class PageFileTest {

  /** A module that is not served keeps the whole page from being drawn. */
  @Test
  void all_everyFileOfTheFolder_isServed() throws Exception {
    Path folder = Path.of(PageFile.class.getResource("/streamcache/admin/page").toURI());
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> !name.equals("index.html"))
          .isSubsetOf(PageFile.all().keySet());
    }
  }
}
