package streamcache.durable;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A long file is replaced as a whole or not at all. */
final class FileDraftTest {

  @TempDir Path folder;

  private Path file = Path.of("");

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("list"), "old");
  }

  @Test
  void publish_replacesTheFileWithAllPieces() throws IOException {
    try (FileDraft draft = FileDraft.of(file)) {
      draft.append(UTF_8.encode("ne"));
      draft.append(UTF_8.encode("w"));
      assertThat(file).hasContent("old");
      draft.publish();
    }
    assertThat(file).hasContent("new");
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void close_unpublished_leavesTheOldFileAndNoDraft() throws IOException {
    try (FileDraft draft = FileDraft.of(file)) {
      draft.append(UTF_8.encode("new"));
    }
    assertThat(file).hasContent("old");
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void of_draftLeftByAKill_beginsAnew() throws IOException {
    Files.writeString(AtomicFile.draftOf(file), "longer than the new content");
    try (FileDraft draft = FileDraft.of(file)) {
      draft.append(UTF_8.encode("new"));
      draft.publish();
    }
    assertThat(file).hasContent("new");
  }

  @Test
  void replaceUnsynced_replacesOrCreates_andLeavesNoDraft() throws IOException {
    AtomicFile.replaceUnsynced(file, UTF_8.encode("new"));
    AtomicFile.replaceUnsynced(folder.resolve("other"), UTF_8.encode("made"));

    assertThat(file).hasContent("new");
    assertThat(folder.resolve("other")).hasContent("made");
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }
}
