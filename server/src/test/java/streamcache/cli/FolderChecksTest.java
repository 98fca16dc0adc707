package streamcache.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.settings.Settings;
import streamcache.settings.SettingsException;

/** What the doctor says about folders of the library and about kinds of file systems. */
final class FolderChecksTest {

  @TempDir private Path folder;

  private List<String> found(String wrapped) throws SettingsException {
    Settings settings =
        Settings.load(
            Map.of(
                "CONFIG_DIR", folder.toString(),
                "CACHE_DIR", folder.resolve("cache").toString(),
                "STRM_WRAP", wrapped),
            Map.of());
    Findings findings = new Findings();
    new LibraryCheck(settings, findings).examine();
    return findings.all().stream().map(Findings.Finding::line).toList();
  }

  @Test
  void library_foldersOfImports_areThereOrCanBeMade() throws Exception {
    Path present = Files.createDirectory(folder.resolve("present"));
    block("one", present);
    assertThat(found(present.toString()))
        .containsExactly(
            "OK    library: " + present + " is readable",
            "OK    library: " + present + " is writable",
            "OK    library: " + present + " is readable",
            "OK    library: " + present + " is writable");
    Path next = folder.resolve("next");
    block("one", next);
    assertThat(found(present.toString()))
        .contains("OK    library: " + next + " is made by the first import");
    Path far = folder.resolve("none").resolve("next");
    block("one", far);
    assertThat(found(present.toString()))
        .contains(
            "FIX   library: "
                + far
                + " is missing and cannot be made; correct FOLDER of [import one]");
  }

  @Test
  void library_folderIsMissing_namesTheSetting() throws SettingsException {
    Path missing = folder.resolve("missing");
    assertThat(found(missing.toString()))
        .containsExactly(
            "FIX   library: "
                + missing
                + " is not a readable folder; mount it here, or correct STRM_WRAP");
  }

  private void block(String name, Path target) throws IOException {
    Files.writeString(
        folder.resolve("streamcache.conf"),
        "[import %s]\nURL = http://panel.example\nUSER = u\nPASSWORD = p\nFOLDER = %s\n"
            .formatted(name, target));
  }

  @ParameterizedTest
  @CsvSource({
    "tmpfs, use a disk",
    "overlay, mount a volume at CACHE_DIR",
    "nfs4, a disk of this machine is better",
    "CIFS, a disk of this machine is better",
    "fuse.shfs, name a folder of one of its disks"
  })
  void fileSystem_kindThatMakesTrouble_hasAdvice(String type, String advice) {
    assertThat(FileSystemNotes.advice(type).orElseThrow()).contains(advice);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ext4", "xfs", "btrfs", "zfs", ""})
  void fileSystem_usualKind_hasNone(String type) {
    assertThat(FileSystemNotes.advice(type)).isEmpty();
  }
}
