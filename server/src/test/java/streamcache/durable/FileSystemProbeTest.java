package streamcache.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class FileSystemProbeTest {

  @TempDir private Path folder;

  @Test
  @EnabledOnOs(OS.LINUX)
  void probe_ordinaryFolder_findsAllAndLeavesNothing() throws IOException {
    Files.writeString(folder.resolve("mine"), "kept");

    FileSystemAbilities abilities = FileSystemProbe.probe(folder);

    assertThat(abilities.sparse()).isTrue();
    assertThat(abilities.punch()).isTrue();
    assertThat(abilities.exact()).isTrue();
    assertThat(abilities.hardLinks()).isTrue();
    assertThat(abilities.type()).isNotBlank();
    assertThat(abilities.device()).isEqualTo(FileSystemProbe.device(folder)).isNotZero();
    assertThat(folder).isDirectoryContaining("glob:**mine");
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void probe_tmpfs_findsAll() throws IOException {
    Path memory = Path.of("/dev/shm");
    assumeTrue(
        Files.isWritable(memory) && Files.getFileStore(memory).type().equals("tmpfs"),
        "no tmpfs to try");
    Path inside = Files.createTempDirectory(memory, "probe");
    try {
      FileSystemAbilities abilities = FileSystemProbe.probe(inside);

      assertThat(abilities)
          .isEqualTo(
              new FileSystemAbilities(
                  true, true, true, true, 16 << 20, "tmpfs", FileSystemProbe.device(inside)));
      assertThat(inside).isEmptyDirectory();
    } finally {
      Files.delete(inside);
    }
  }

  @Test
  void probe_withoutNativeCalls_cannotPunch() throws IOException {
    FileSystemAbilities abilities = FileSystemProbe.probe(folder, NativeFiles.none());

    assertThat(abilities.punch()).isFalse();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void probe_leftoversOfACrash_areRemoved() throws IOException {
    Files.writeString(folder.resolve(".probe-0123456789abcdef-punch"), "old");

    FileSystemProbe.probe(folder);

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void probe_missingFolder_throws() {
    assertThatThrownBy(() -> FileSystemProbe.probe(folder.resolve("none")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void json_throughText_isTheSameAgain() {
    FileSystemAbilities abilities =
        new FileSystemAbilities(true, false, true, true, 16 << 20, "xfs", 1L << 40);
    JsonMapper mapper = new JsonMapper();
    Map<?, ?> read = mapper.readValue(mapper.writeValueAsString(abilities.toJson()), Map.class);
    Map<String, Object> json = new LinkedHashMap<>();
    read.forEach((key, value) -> json.put((String) key, value));

    assertThat(FileSystemAbilities.fromJson(json)).contains(abilities);
  }

  @Test
  void json_missingOrWrongField_isEmpty() {
    FileSystemAbilities abilities =
        new FileSystemAbilities(true, true, false, true, 16 << 20, "ext4", 7);
    for (String field : abilities.toJson().keySet()) {
      Map<String, Object> json = abilities.toJson();
      json.put(field, new Object());
      assertThat(FileSystemAbilities.fromJson(json)).isEmpty();
      json.remove(field);
      assertThat(FileSystemAbilities.fromJson(json)).isEmpty();
    }
  }
}
