package streamcache.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The import blocks of streamcache.conf. */
final class ImportBlocksTest {

  private static final List<String> GOOD =
      List.of(
          "IMPORT_EVERY = 12h",
          "[import home]",
          "URL = http://panel.example:8080",
          "USER = CanaryUser",
          "PASSWORD = CanaryWord",
          "FOLDER = /media/panel");

  @TempDir Path folder;

  private Settings load(List<String> lines) throws SettingsException, IOException {
    Files.write(folder.resolve("streamcache.conf"), lines);
    return Settings.load(Map.of("CONFIG_DIR", folder.toString()), Map.of());
  }

  private List<String> problems(List<String> lines) {
    return catchThrowableOfType(SettingsException.class, () -> load(lines)).problems();
  }

  private static List<String> with(String... more) {
    List<String> lines = new ArrayList<>(GOOD);
    lines.addAll(List.of(more));
    return lines;
  }

  @Test
  void block_complete_isRead_withUsualKinds() throws Exception {
    ImportSettings read = load(GOOD).imports();
    assertThat(read.every()).contains(Duration.ofHours(12));
    assertThat(read.pause()).isEqualTo(Duration.ofSeconds(1));
    ImportBlock block = read.blocks().getFirst();
    assertThat(block.user()).isEqualTo("CanaryUser");
    assertThat(block.password().reveal()).isEqualTo("CanaryWord");
    assertThat(block.folder()).isEqualTo(Path.of("/media/panel"));
    assertThat(block.kinds()).containsExactlyInAnyOrder(ImportKind.FILM, ImportKind.SERIES);
    assertThat(block.prunes()).isFalse();
  }

  @Test
  void lines_neverShowUserAndPassword() throws Exception {
    ImportBlock block = load(with("KINDS = film,live", "PRUNE = 1")).imports().blocks().getFirst();
    assertThat(block.kinds()).containsExactlyInAnyOrder(ImportKind.FILM, ImportKind.LIVE);
    assertThat(block.prunes()).isTrue();
    assertThat(block.lines())
        .contains("USER=****", "PASSWORD=****", "FOLDER=/media/panel", "KINDS=film,live");
    assertThat(block.lines() + " " + block).doesNotContain("Canary");
  }

  @Test
  void block_passwordInTheUrl_isRefused_andNotShown() {
    List<String> lines = new ArrayList<>(GOOD);
    lines.set(2, "URL = http://joe:Canary@panel.example");
    assertThat(problems(lines))
        .anySatisfy(problem ->
            assertThat(problem).startsWith("URL is invalid").contains("without user and password"));
    assertThat(problems(lines).toString()).doesNotContain("Canary");
  }

  @Test
  void block_incomplete_saysWhatIsMissing() {
    assertThat(problems(GOOD.subList(0, 4)).toString())
        .contains("begins an import without PASSWORD", "begins an import without FOLDER");
    assertThat(problems(with("PASSWROD = x")).toString()).contains("is not a key of an import");
    assertThat(problems(List.of("[import]"))).singleElement().asString().contains("[import NAME]");
  }

  @Test
  void blocks_withOneFolder_areRefused() {
    List<String> lines = new ArrayList<>(GOOD);
    lines.add("[import away]");
    lines.addAll(GOOD.subList(2, 5));
    lines.add("FOLDER = /media/panel/films");
    assertThat(problems(lines)).singleElement().asString().contains("share a folder");
  }

  @Test
  void blocks_withoutTheOtherHalf_causeAWarning() throws Exception {
    assertThat(load(GOOD.subList(1, 6)).warnings().toString())
        .contains("no effect without IMPORT_EVERY");
    assertThat(load(GOOD.subList(0, 1)).warnings().toString()).contains("[import NAME]");
  }
}
