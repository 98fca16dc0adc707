package streamcache.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the lock of a folder shows to commands. */
final class FolderLockTest {

  private static final Map<String, String> TOLD = Map.of("PORT", "8081", "KEY", "/a=b/ü c");

  @TempDir Path root;
  private Layout layout = new Layout(Path.of(""));

  @BeforeEach
  void layOut() {
    layout = new Layout(root);
  }

  @Test
  void told_whileHeld_isWhatTheProcessTold() throws IOException {
    try (FolderLock lock = FolderLock.take(layout)) {
      assertThat(FolderLock.told(layout)).isEmpty();
      lock.tell(TOLD);
      assertThat(FolderLock.told(layout)).isEqualTo(TOLD);
      assertThat(FolderLock.isHeld(layout)).isTrue();
      assertThat(Files.getPosixFilePermissions(layout.lockFile()))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
    assertThat(FolderLock.told(layout)).isEmpty();
    assertThat(FolderLock.isHeld(layout)).isFalse();
    assertThat(layout.lockFile()).isEmptyFile();
  }

  @Test
  void told_linesOfAKilledProcess_areIgnored() throws IOException {
    Files.writeString(layout.lockFile(), "PORT=8081\n");
    assertThat(FolderLock.told(layout)).isEmpty();
    try (FolderLock _ = FolderLock.take(layout)) {
      assertThat(FolderLock.told(layout)).as("a process that has not told yet").isEmpty();
    }
    Files.writeString(layout.lockFile(), "PORT=8081\n");
    try (FolderLock lock = FolderLock.take(layout)) {
      lock.tell(Map.of("KEY", "b"));
      assertThat(FolderLock.told(layout)).isEqualTo(Map.of("KEY", "b"));
    }
  }

  /** Earlier versions lock the whole file and write nothing into it. */
  @Test
  void take_besideAnEarlierVersion_isRefusedAndTellsNothing() throws IOException {
    Files.writeString(layout.lockFile(), "PORT=8081\n");
    try (FileChannel earlier = FileChannel.open(layout.lockFile(), StandardOpenOption.WRITE)) {
      assertThat(earlier.tryLock()).isNotNull();
      assertThat(FolderLock.isHeld(layout)).isTrue();
      assertThat(FolderLock.told(layout)).isEmpty();
      assertThatThrownBy(() -> FolderLock.take(layout))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("in use");
    }
  }

  @Test
  void told_linesThatAreNone_areLeftOut() throws IOException {
    try (FolderLock lock = FolderLock.take(layout)) {
      lock.tell(Map.of("A", "1"));
      Files.writeString(layout.lockFile(), "# later\n\nA=1\nnothing\nB=\n=x\n");
      assertThat(FolderLock.told(layout)).isEqualTo(Map.of("A", "1", "B", "", "", "x"));
    }
  }
}
