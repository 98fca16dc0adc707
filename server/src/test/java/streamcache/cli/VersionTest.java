package streamcache.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The version stands in one place. */
final class VersionTest {

  private static final Path ROOT = Path.of("..");

  @Test
  void current_builtByMaven_isTheOneOfThePom() throws IOException {
    assertThat(Version.current()).matches("[0-9]+\\.[0-9]+\\.[0-9]+(-SNAPSHOT)?");
    assertThat(Files.readString(ROOT.resolve("pom.xml")))
        .contains("<revision>" + Version.current() + "</revision>");
  }

  @Test
  void poms_ofTheModules_nameNoVersionOfTheirOwn() throws IOException {
    for (String module : List.of("server", "testkit", "bench", "dist")) {
      assertThat(Files.readString(ROOT.resolve(module).resolve("pom.xml")))
          .as(module)
          .contains("<version>${revision}</version>")
          .doesNotContain("-SNAPSHOT");
    }
  }
}
