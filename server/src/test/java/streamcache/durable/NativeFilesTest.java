package streamcache.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;

class NativeFilesTest {

  private static final int MEBI = 1 << 20;

  @TempDir private Path folder;

  @Test
  @EnabledOnOs(OS.LINUX)
  void punch_middleOfFile_freesItAndKeepsTheRest() throws IOException {
    NativeFiles files = NativeFiles.system();
    byte[] data = bytes(4 * MEBI);
    Path file = Files.write(folder.resolve("Café [x].mkv"), data);
    long before = files.allocated(file).orElseThrow();

    boolean punched = files.punch(file, MEBI, 2 * MEBI);

    assertThat(punched).isTrue();
    assertThat(before).isGreaterThanOrEqualTo(4 * MEBI);
    assertThat(before - files.allocated(file).orElseThrow()).isEqualTo(2 * MEBI);
    Arrays.fill(data, MEBI, 3 * MEBI, (byte) 0);
    assertThat(Files.readAllBytes(file)).isEqualTo(data);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void punch_beyondTheEnd_keepsTheLength() throws IOException {
    Path file = Files.write(folder.resolve("file"), bytes(10_000));

    assertThat(NativeFiles.system().punch(file, 8192, 1L << 40)).isTrue();

    assertThat(Files.size(file)).isEqualTo(10_000);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void punch_beyondFourGibibytes_hitsTheRightPlace() throws IOException {
    Path file = folder.resolve("large");
    long far = 5L << 32;
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.READ)) {
      channel.write(ByteBuffer.wrap(bytes(8192)), far);
      assertThat(NativeFiles.system().punch(file, far, 4096)).isTrue();
      ByteBuffer read = ByteBuffer.allocate(8192);
      channel.read(read, far);
      byte[] expected = bytes(8192);
      Arrays.fill(expected, 0, 4096, (byte) 0);
      assertThat(read.array()).isEqualTo(expected);
      assertThat(channel.size()).isEqualTo(far + 8192);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void punch_missingFile_throwsWithErrno() {
    assertThatThrownBy(() -> NativeFiles.system().punch(folder.resolve("none"), 0, 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("errno 2");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void allocated_sparseFile_isFarBelowItsLength() throws IOException {
    Path file = folder.resolve("sparse");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes(4096)), 1L << 30);
    }

    assertThat(NativeFiles.system().allocated(file).orElseThrow()).isBetween(4096L, 1L << 20);
  }

  @Test
  void allocated_missingFile_isUnknown() {
    assertThat(NativeFiles.system().allocated(folder.resolve("none"))).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void holes_punchedAndNeverWritten_areFound() throws IOException {
    Path file = folder.resolve("file");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes(4 * MEBI)), 0);
      channel.write(ByteBuffer.wrap(bytes(MEBI)), 5L << 32);
    }
    assertThat(NativeFiles.system().punch(file, MEBI, MEBI)).isTrue();

    assertThat(NativeFiles.system().holes(file))
        .isEqualTo(RangeSet.of(new ByteRange(MEBI, 2 * MEBI), new ByteRange(4 * MEBI, 5L << 32)));
  }

  @Test
  void holes_fullFile_hasNone() throws IOException {
    Path file = Files.write(folder.resolve("file"), bytes(10_000));

    assertThat(NativeFiles.system().holes(file)).isEqualTo(RangeSet.EMPTY);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void holes_missingFile_throws() {
    assertThatThrownBy(() -> NativeFiles.system().holes(folder.resolve("none")))
        .isInstanceOf(IOException.class);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void everyCall_manyTimes_leavesNoDescriptorOpen() throws IOException {
    Path file = Files.write(folder.resolve("file"), bytes(8192));
    long before = descriptorsOf(file);

    for (int i = 0; i < 500; i++) {
      NativeFiles.system().punch(file, 0, 4096);
      NativeFiles.system().holes(file);
    }

    assertThat(before).isZero();
    assertThat(descriptorsOf(file)).isZero();
  }

  @Test
  void none_everyCall_saysNotSupported() throws IOException {
    byte[] data = bytes(8192);
    Path file = Files.write(folder.resolve("file"), data);

    assertThat(NativeFiles.none().punch(file, 0, 4096)).isFalse();
    assertThat(NativeFiles.none().allocated(file)).isEqualTo(OptionalLong.empty());
    assertThat(NativeFiles.none().holes(file)).isEqualTo(RangeSet.EMPTY);
    assertThat(Files.readAllBytes(file)).isEqualTo(data);
  }

  private static long descriptorsOf(Path file) throws IOException {
    try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.filter(fd -> leadsTo(fd, file)).count();
    }
  }

  private static boolean leadsTo(Path descriptor, Path file) {
    try {
      return Files.readSymbolicLink(descriptor).equals(file);
    } catch (NoSuchFileException closedMeanwhile) {
      return false;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (1 + i * 31 + (i >> 8));
    }
    return bytes;
  }
}
