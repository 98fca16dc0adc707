package streamcache.durable;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of the user is replaced as a whole, and its former content is kept. Prints its seed. */
final class KeptFileTest {

  private static final Instant NOW = Instant.parse("2026-11-30T21:14:00.123Z");
  private static final Optional<byte[]> OLD = Optional.of("old".getBytes(UTF_8));
  private static final byte[] NEW = "new".getBytes(UTF_8);

  @TempDir Path folder;

  private Path file = Path.of("");

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("streamcache.conf"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
  }

  private List<Path> kept() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(each -> each.toString().endsWith(".bak")).sorted().toList();
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void replace_keepsTheOldContentAndTheMode() throws IOException {
    assertThat(new KeptFile(Disk.system(), file).replace(OLD, NEW, NOW)).isTrue();

    assertThat(file).hasContent("new");
    assertThat(mode(file)).isEqualTo("rw-r-----");
    Path kept = folder.resolve("streamcache.conf.20261130-211400123.bak");
    assertThat(kept()).containsExactly(kept);
    assertThat(kept).hasContent("old");
    assertThat(mode(kept)).isEqualTo("rw-r-----");
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void replace_noFile_createsItForItsOwner() throws IOException {
    Path other = folder.resolve("other.conf");

    assertThat(new KeptFile(Disk.system(), other).replace(Optional.empty(), NEW, NOW)).isTrue();

    assertThat(other).hasContent("new");
    assertThat(mode(other)).isEqualTo("rw-------");
    assertThat(kept()).isEmpty();
  }

  @Test
  void replace_symbolicLink_changesTheFileThatItLeadsTo() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link.conf"), file);

    assertThat(new KeptFile(Disk.system(), link).replace(OLD, NEW, NOW)).isTrue();

    assertThat(link).isSymbolicLink().hasContent("new");
    assertThat(file).hasContent("new");
  }

  @Test
  void replace_fileThatHasChanged_isLeftAlone() throws IOException {
    FaultyDisk disk = new FaultyDisk(Disk.system());
    KeptFile kept = new KeptFile(disk, file);
    assertThat(kept.replace(Optional.of("else".getBytes(UTF_8)), NEW, NOW)).isFalse();

    // An edit by hand after everything was written.
    boolean[] isEdited = {false};
    disk.beforeEach(() -> {
      if (!isEdited[0] && Files.exists(AtomicFile.draftOf(file))) {
        isEdited[0] = true;
        Files.writeString(file, "by hand");
      }
    });
    assertThat(kept.replace(OLD, NEW, NOW)).isFalse();

    assertThat(isEdited[0]).isTrue();
    assertThat(file).hasContent("by hand");
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
    assertThat(kept()).isEmpty();
  }

  @Test
  void replace_manyTimes_keepsTheLatestTen_andTheCopiesOfPeople() throws IOException {
    Path copy = Files.writeString(folder.resolve("streamcache.conf.mine.bak"), "copy");
    KeptFile kept = new KeptFile(Disk.system(), file);
    for (int at = 0; at < 15; at++) {
      assertThat(kept.replace(kept.content(), ("new" + at).getBytes(UTF_8), NOW.plusSeconds(at)))
          .isTrue();
    }

    assertThat(kept()).hasSize(KeptFile.MOST_KEPT + 1).contains(copy);
    assertThat(kept().getFirst()).hasContent("new4");
  }

  /** Stops for good before each step in turn, as a kill does. */
  @Test
  void replace_killedAtAnyStep_leavesTheOldOrTheNewContent_andTheOldIsKept() throws IOException {
    int steps = 0;
    boolean isDone = false;
    while (!isDone) {
      int last = steps++;
      Files.writeString(file, "old");
      for (Path each : kept()) {
        Files.delete(each);
      }
      FaultyDisk disk = new FaultyDisk(Disk.system());
      int[] taken = {0};
      disk.beforeEach(() -> {
        if (taken[0]++ >= last) {
          throw new IOException("killed");
        }
      });
      try {
        isDone = new KeptFile(disk, file).replace(OLD, NEW, NOW);
      } catch (IOException killed) {
        assertThat(killed).hasMessage("killed");
      }
      String now = Files.readString(file);
      assertThat(now).isIn("old", "new");
      if (now.equals("new")) {
        assertThat(kept()).singleElement().satisfies(each -> assertThat(each).hasContent("old"));
      }
      assertThat(disk.stillOpen()).isEmpty();
    }
    assertThat(steps).isGreaterThan(10);
    Files.writeString(file, "old");
    assertThat(new KeptFile(Disk.system(), file).replace(OLD, NEW, NOW)).isTrue();
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void replace_powerFailsAtAnyStep_leavesTheOldOrTheNewContent() throws IOException {
    long seed = System.nanoTime();
    System.out.println("KeptFileTest seed " + seed);
    Random random = new Random(seed);
    PowerDisk power = new PowerDisk();
    Path place = Files.createDirectory(folder.resolve("power"));
    Path conf = place.resolve("streamcache.conf");
    AtomicFile.replace(power, conf, UTF_8.encode("old"));
    FaultyDisk disk = new FaultyDisk(power);
    List<Path> left = new ArrayList<>();
    disk.beforeEach(() -> {
      Path held = Files.createTempDirectory(folder, "cut");
      power.cut(place, held, random);
      left.add(held);
    });

    assertThat(new KeptFile(disk, conf).replace(OLD, NEW, NOW)).isTrue();

    for (Path held : left) {
      String now = Files.readString(held.resolve("streamcache.conf"));
      assertThat(now).as("seed %d", seed).isIn("old", "new");
      if (now.equals("new")) {
        assertThat(held.resolve("streamcache.conf.20261130-211400123.bak")).hasContent("old");
      }
    }
    assertThat(left).hasSizeGreaterThan(10);
  }

  @Test
  void replace_diskThatRefuses_leavesTheFile() {
    FaultyDisk disk = new FaultyDisk(Disk.system());
    disk.refuse("No space left on device", path -> path.toString().endsWith(".tmp"));

    assertThatThrownBy(() -> new KeptFile(disk, file).replace(OLD, NEW, NOW))
        .hasMessage("No space left on device");

    assertThat(file).hasContent("old");
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }
}
