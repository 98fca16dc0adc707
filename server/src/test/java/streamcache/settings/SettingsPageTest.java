package streamcache.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Compares docs/settings.md with the table in the code; a failure shows the lines to paste. */
final class SettingsPageTest {

  private static final Path PAGE = Path.of("..", "docs", "settings.md");

  @Test
  void page_table_isThatOfTheCode() throws IOException {
    String table =
        SettingsTable.all().stream().map(SettingsPageTest::row).collect(Collectors.joining("\n"));

    assertThat(Files.readString(PAGE))
        .contains(
            "| setting | default | allowed | meaning |\n|---|---|---|---|\n" + table + "\n\n");
  }

  @Test
  void page_namesWithoutEffect_areExplained() throws IOException {
    String replaced =
        SeedNames.REPLACED.entrySet().stream()
            .map(entry -> "| `" + entry.getKey() + "` | " + entry.getValue() + " |")
            .sorted()
            .collect(Collectors.joining("\n"));

    assertThat(Files.readString(PAGE)).contains(replaced + "\n");
  }

  @Test
  void page_providerKeys_areThoseOfTheCode() throws IOException {
    String table =
        ProviderTable.all().stream().map(SettingsPageTest::row).collect(Collectors.joining("\n"));

    assertThat(Files.readString(Path.of("..", "docs", "providers.md")))
        .contains("| key | default | allowed | meaning |\n|---|---|---|---|\n" + table + "\n\n");
  }

  @Test
  void page_importKeys_areThoseOfTheCode() throws IOException {
    String table =
        ImportTable.all().stream().map(SettingsPageTest::row).collect(Collectors.joining("\n"));

    assertThat(Files.readString(Path.of("..", "docs", "library.md")))
        .contains("| key | default | allowed | meaning |\n|---|---|---|---|\n" + table + "\n");
  }

  private static String row(Setting<?> setting) {
    String standard = setting.computed() ? setting.standard() : "`" + setting.standard() + "`";
    return "| `%s` | %s | %s | %s |"
        .formatted(setting.name(), standard, setting.kind().brief(), setting.meaning());
  }
}
