package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.settings.SettingsTable;
import streamcache.testkit.process.Run;

/** What the commands say about themselves. */
final class HelpIT {

  @TempDir Path folder;

  @Test
  void help_listsCommandsAndSettings() {
    Run run = Product.run(folder, Map.of(), "--help");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("doctor").contains("0%");
    String text = withoutBlanks(run.out());
    assertThat(SettingsTable.all())
        .allSatisfy(setting ->
            assertThat(text)
                .contains(withoutBlanks(setting.flag() + "=VALUE" + setting.meaning())));
    assertThat(run.err()).isEmpty();
    assertThat(Product.run(folder, Map.of(), "--version").out()).contains("streamcache");
    assertThat(Product.run(folder, Map.of(), "--no-such-flag").exitCode()).isEqualTo(2);
  }

  /** The options of a command stood behind seventy settings. */
  @Test
  void help_ofACommand_listsItsOwnOptionsAlone() {
    Run run = Product.run(folder, Map.of(), "link", "--help");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("--expires=TIME", "'streamcache --help' lists them.")
        .doesNotContain("--cache-dir");
    Run made = Product.run(folder, Map.of(), "link", "--port=9", "http://a.example/1.mkv");
    assertThat(made.out()).startsWith("http://").contains(":9/");
  }

  /** Lines are broken at blanks, and also at dots. */
  private static String withoutBlanks(String text) {
    return text.replaceAll("\\s", "");
  }
}
