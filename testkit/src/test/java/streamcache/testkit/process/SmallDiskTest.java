package streamcache.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class SmallDiskTest {

  @Test
  void fillUpTo_full_refusesBytesUntilFreed() throws IOException {
    assumeTrue(SmallDisk.isPossible(), SmallDisk.IMPOSSIBLE);
    Path folder;
    try (SmallDisk disk = SmallDisk.mount(4)) {
      folder = disk.folder();
      Path file = folder.resolve("file");
      disk.fillUpTo(8192);
      assertThatThrownBy(() -> Files.write(file, new byte[100_000]))
          .isInstanceOf(IOException.class);
      disk.free();
      Files.write(file, new byte[100_000]);
      disk.makeReadOnly();
      assertThatThrownBy(() -> Files.write(file, new byte[1])).isInstanceOf(IOException.class);
      disk.makeWritable();
      Files.write(file, new byte[1]);
    }
    assertThat(folder).doesNotExist();
  }
}
