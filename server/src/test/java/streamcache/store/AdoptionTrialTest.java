package streamcache.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.durable.Disk;
import streamcache.durable.FaultyDisk;

/** Whether the operator learns before the first play that nothing can be adopted. */
final class AdoptionTrialTest {

  @TempDir Path temp;
  private final FaultyDisk disk = new FaultyDisk(Disk.system());
  private Path old = Path.of("");
  private Path cache = Path.of("");

  @BeforeEach
  void layOut() throws IOException {
    old = temp.resolve("old");
    cache = temp.resolve("cache");
    Files.createDirectories(old.resolve("files"));
    Files.createDirectories(cache.resolve("trash"));
  }

  private AdoptionTrial trial() {
    return new AdoptionTrial(old, cache, disk);
  }

  @Test
  void objection_filesThatCanHaveASecondName_isEmptyAndLeavesNothing() throws IOException {
    Path file = Files.writeString(old.resolve("files").resolve("0a"), "film");
    for (int start = 0; start < 2; start++) {
      assertThat(trial().objection()).isEmpty();
      assertThat(cache.resolve("trash")).isEmptyDirectory();
      assertThat(Files.getAttribute(file, "unix:nlink")).isEqualTo(1);
    }
  }

  @Test
  void objection_noFilesOrNoFolder_isEmpty() throws IOException {
    assertThat(trial().objection()).isEmpty();
    Files.delete(old.resolve("files"));
    assertThat(trial().objection()).isEmpty();
  }

  @Test
  void objection_linkRefused_saysWhyAndWhatToDo() throws IOException {
    Path file = Files.writeString(old.resolve("files").resolve("0a"), "film");
    AtomicInteger calls = new AtomicInteger();
    disk.beforeEach(() -> {
      if (calls.incrementAndGet() == 2) {
        throw new FileSystemException("a", "b", "Invalid cross-device link");
      }
    });
    assertThat(trial().objection())
        .get()
        .asString()
        .contains(
            "(Invalid cross-device link)",
            "CACHE_DIR=" + old.resolve("v2"),
            "belong to " + Files.getAttribute(file, "unix:uid") + ":");
    assertThat(cache.resolve("trash")).isEmptyDirectory();
  }

  /** A process that is killed leaves it to the next start. */
  @Test
  void objection_nameLeftBehind_isTriedAgain() throws IOException {
    Files.writeString(old.resolve("files").resolve("0a"), "film");
    AtomicInteger calls = new AtomicInteger();
    disk.beforeEach(() -> {
      if (calls.incrementAndGet() == 3) {
        throw new IOException("killed");
      }
    });
    assertThat(trial().objection()).isPresent();
    assertThat(cache.resolve("trash")).isNotEmptyDirectory();
    assertThat(trial().objection()).isEmpty();
    assertThat(cache.resolve("trash")).isEmptyDirectory();
  }
}
