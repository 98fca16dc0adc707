package streamcache.durable;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Before each step on the disk, and after the last one, the power may fail; what the disk may then
 * hold is checked. Prints its seed.
 */
final class DurablePowerCutTest {

  private static final int ROUNDS = 60;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final PowerDisk power = new PowerDisk();
  private final FaultyDisk disk = new FaultyDisk(power);
  private final List<Path> left = new ArrayList<>();
  @TempDir private Path temp;
  private Path folder = Path.of("");

  @BeforeEach
  void cutBeforeEachStep() throws IOException {
    System.out.println("DurablePowerCutTest seed " + seed);
    folder = Files.createDirectory(temp.resolve("folder"));
    disk.beforeEach(this::cut);
  }

  @Test
  void replace_powerFailsAtAnyStep_leavesTheOldOrTheNewContent() throws IOException {
    Path file = folder.resolve("file");
    String before = "";
    for (int round = 0; round < ROUNDS; round++) {
      String after = text();

      AtomicFile.replace(disk, file, ByteBuffer.wrap(after.getBytes(UTF_8)));

      for (Path held : left) {
        assertThat(content(held)).as("seed " + seed).isIn(before, after);
      }
      left.clear();
      cut();
      assertThat(content(left.removeLast())).as("seed " + seed).isEqualTo(after);
      before = after;
    }
  }

  @Test
  void rewrite_powerFailsAtAnyStep_leavesTheOldOrTheNewContentOfEachFile() throws IOException {
    List<Path> files = List.of(folder.resolve("file"), folder.resolve("other"));
    Map<Path, String> before = new LinkedHashMap<>();
    for (Path file : files) {
      before.put(file, text());
      AtomicFile.replace(power, file, ByteBuffer.wrap(before.get(file).getBytes(UTF_8)));
    }
    left.clear();
    for (int round = 0; round < ROUNDS; round++) {
      Map<Path, String> after = new LinkedHashMap<>();
      List<FileRewrite> rewrites = new ArrayList<>();
      for (Path file : files) {
        after.put(file, text());
        UserFile read = UserFile.read(file, Integer.MAX_VALUE);
        rewrites.add(FileRewrite.prepare(disk, read, after.get(file).getBytes(UTF_8)));
      }
      FileRewrite.sync(rewrites);
      for (FileRewrite rewrite : rewrites) {
        assertThat(rewrite.commit()).isTrue();
      }

      for (Path held : left) {
        for (Path file : files) {
          assertThat(content(held, file.getFileName().toString()))
              .as("seed " + seed)
              .isIn(before.get(file), after.get(file));
        }
      }
      left.clear();
      power.syncFolder(folder);
      before = after;
    }
  }

  @Test
  void put_powerFailsAtAnyStep_keepsEachEntryThatWasPut() throws IOException {
    Journal journal = Journal.open(disk, folder.resolve("file"));
    left.clear();
    Map<String, String> before = Map.of();
    for (int round = 0; round < 10 * ROUNDS; round++) {
      Map<String, String> after = new LinkedHashMap<>(before);
      String id = "id" + random.nextInt(4);
      if (random.nextInt(4) == 0) {
        after.remove(id);
        journal.remove(id);
      } else {
        after.put(id, text());
        journal.put(id, after.get(id));
      }

      for (Path held : left) {
        assertThat(entries(held)).as("seed " + seed).isIn(before, after);
      }
      left.clear();
      cut();
      assertThat(entries(left.removeLast())).as("seed " + seed).isEqualTo(after);
      before = after;
    }
  }

  private void cut() throws IOException {
    Path held = Files.createTempDirectory(temp, "cut");
    power.cut(folder, held, random);
    left.add(held);
  }

  /** Longer than a sector now and then, so that a part of it may be lost. */
  private String text() {
    return Long.toString(random.nextLong()).repeat(1 + random.nextInt(60));
  }

  private static String content(Path held) throws IOException {
    return content(held, "file");
  }

  private static String content(Path held, String name) throws IOException {
    Path file = held.resolve(name);
    return Files.exists(file) ? Files.readString(file) : "";
  }

  private static Map<String, String> entries(Path held) throws IOException {
    return Journal.open(held.resolve("file")).entries();
  }
}
