package streamcache.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The bytes of a real film, memory-mapped: films of tests are a few dozen megabytes. */
final class FileContent implements Content {

  private final ByteBuffer bytes;

  FileContent(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, Files.size(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public long length() {
    return bytes.capacity();
  }

  @Override
  public void fill(long offset, byte[] target, int from, int count) {
    bytes.get(Math.toIntExact(offset), target, from, count);
  }

  @Override
  public String origin(byte[] actual, int from, int count) {
    return "";
  }
}
