package streamcache.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * The bytes of a film, each a function of its offset: a byte that lands in the wrong place, or
 * comes from another generation, cannot pass a check. Immutable; any thread.
 */
public sealed interface Content permits SeededContent, FileContent, BytesContent, ComputedContent {

  /** The number of bytes that a check computes at a time. */
  int CHECK_BLOCK = 16 * 1024;

  /**
   * Returns computed content that is never stored. Two seeds that differ in their lowest byte give
   * contents that differ at every offset.
   */
  static Content of(long seed, long length) {
    return new SeededContent(seed, length);
  }

  /** Returns the bytes of a real file, which must not change while the content is used. */
  static Content ofFile(Path file) {
    return new FileContent(file);
  }

  /** Returns the given bytes as content, such as an HTML page or a playlist. */
  static Content ofBytes(byte[] bytes) {
    return new BytesContent(bytes.clone());
  }

  /** Returns content whose bytes {@code source} computes: any range, from any thread. */
  static Content computed(long length, Source source) {
    return new ComputedContent(length, source);
  }

  /** Fills the remaining space of a buffer from an offset on. */
  @FunctionalInterface
  interface Source {
    void read(long offset, ByteBuffer into);
  }

  long length();

  /** Writes {@code count} bytes from {@code offset} on into {@code target} at {@code from}. */
  void fill(long offset, byte[] target, int from, int count);

  /** Returns a guess at where wrong bytes come from, for the message; empty if there is none. */
  String origin(byte[] actual, int from, int count);

  default byte at(long offset) {
    byte[] one = new byte[1];
    fill(offset, one, 0, 1);
    return one[0];
  }

  /** Fills the remaining space of the buffer. */
  default void fill(long offset, ByteBuffer target) {
    byte[] bytes = bytes(offset, target.remaining());
    target.put(bytes);
  }

  default byte[] bytes(long offset, int count) {
    byte[] bytes = new byte[count];
    fill(offset, bytes, 0, count);
    return bytes;
  }

  /** Returns all bytes of a small content. */
  default byte[] bytes() {
    return bytes(0, Math.toIntExact(length()));
  }

  default void check(long offset, byte[] actual) {
    check(offset, actual, 0, actual.length);
  }

  /** Checks the remaining bytes of the buffer. */
  default void check(long offset, ByteBuffer actual) {
    byte[] bytes = new byte[actual.remaining()];
    actual.get(bytes);
    check(offset, bytes);
  }

  /**
   * @throws AssertionError naming the first wrong byte, and where it belongs if that can be
   *     determined
   */
  default void check(long offset, byte[] actual, int from, int count) {
    if (offset + count > length()) {
      throw new AssertionError(
          "bytes beyond the end: [%d, %d) of %d".formatted(offset, offset + count, length()));
    }
    byte[] expected = new byte[Math.min(count, CHECK_BLOCK)];
    for (int done = 0; done < count; done += expected.length) {
      int block = Math.min(expected.length, count - done);
      fill(offset + done, expected, 0, block);
      int wrong = Arrays.mismatch(expected, 0, block, actual, from + done, from + done + block);
      if (wrong >= 0) {
        int at = from + done + wrong;
        throw new AssertionError(
            "wrong byte at offset %d (byte %d of the %d checked): expected 0x%02x, was 0x%02x%s"
                .formatted(
                    offset + done + wrong,
                    done + wrong,
                    count,
                    expected[wrong],
                    actual[at],
                    origin(actual, at, from + count - at)));
      }
    }
  }

  /** Checks {@code [from, to)} of a file that holds this content at the same offsets. */
  default void checkFile(Path file, long from, long to) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer buffer = ByteBuffer.allocate(256 * 1024);
      long position = from;
      while (position < to) {
        buffer.clear().limit((int) Math.min(buffer.capacity(), to - position));
        int read = channel.read(buffer, position);
        if (read < 0) {
          throw new AssertionError("file ends at " + position + ", expected up to " + to);
        }
        check(position, buffer.array(), 0, read);
        position += read;
      }
    }
  }
}
