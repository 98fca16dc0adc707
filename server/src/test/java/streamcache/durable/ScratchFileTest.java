package streamcache.durable;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is written, read and gone. */
final class ScratchFileTest {

  @TempDir Path folder;

  @Test
  void close_afterUse_leavesNoFile() throws IOException {
    Path path = folder.resolve("response");
    try (ScratchFile file = ScratchFile.at(path)) {
      file.output().write("some".getBytes(UTF_8));
      file.output().write(" text".getBytes(UTF_8));
      assertThat(file.input().readAllBytes()).asString(UTF_8).isEqualTo("some text");
    }
    assertThat(path).doesNotExist();
  }

  @Test
  void at_pathThatIsTaken_startsEmpty() throws IOException {
    Path path = Files.writeString(folder.resolve("response"), "old, and longer");
    try (ScratchFile file = ScratchFile.at(path)) {
      file.output().write("new".getBytes(UTF_8));
      assertThat(file.input().readAllBytes()).asString(UTF_8).isEqualTo("new");
    }
  }
}
