package streamcache.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bytes of a journal on the disk. Nothing stays open between two calls, so that a rewrite by
 * another process is seen. All but {@link #locked} is called under the lock.
 */
final class JournalFile {

  private static final Pattern HEADER = Pattern.compile("streamcache-outbox 1 (\\S+)");

  /** Far above what is kept: a file of this size is not ours. */
  private static final long MOST_BYTES = 256L << 20;

  /** Something to do with the file while nobody else writes to it. */
  interface Work {
    void run() throws IOException;
  }

  private final Path path;

  JournalFile(Path path) {
    this.path = path;
  }

  /** Waits for another process that is writing, which takes it milliseconds. */
  void locked(Work work) throws IOException {
    Files.createDirectories(folder());
    Path lockPath = path.resolveSibling(path.getFileName() + ".lock");
    try (FileChannel channel = FileChannel.open(lockPath, CREATE, WRITE);
        FileLock _ = channel.lock()) {
      work.run();
    }
  }

  /** What the file is called in its first line; empty when there is none, or none is whole. */
  Optional<String> name() throws IOException {
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    try (FileChannel channel = FileChannel.open(path, READ)) {
      ByteBuffer start = ByteBuffer.allocate(256);
      while (start.hasRemaining() && channel.read(start) >= 0) {
        // As much as there is.
      }
      String text = new String(start.array(), 0, start.position(), UTF_8);
      int end = text.indexOf('\n');
      if (end < 0 && text.length() < start.capacity()) {
        return Optional.empty();
      }
      return Optional.of(
          nameIn(end < 0 ? text : text.substring(0, end)).orElseThrow(this::notOurs));
    }
  }

  static Optional<String> nameIn(String line) {
    Matcher header = HEADER.matcher(line);
    return header.matches() ? Optional.of(header.group(1)) : Optional.empty();
  }

  static String freshName() {
    return UUID.randomUUID().toString();
  }

  IOException notOurs() {
    return new IOException(
        path.getFileName()
            + " is no outbox that this version can read; move it away, or start the newer version.");
  }

  byte[] readFrom(long position) throws IOException {
    try (FileChannel channel = FileChannel.open(path, READ)) {
      long size = channel.size();
      if (size > MOST_BYTES) {
        throw notOurs();
      }
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, size - position));
      while (bytes.hasRemaining() && channel.read(bytes, position + bytes.position()) >= 0) {
        // As much as there is.
      }
      return Arrays.copyOf(bytes.array(), bytes.position());
    }
  }

  void cutAt(long end) throws IOException {
    if (Files.size(path) > end) {
      try (FileChannel channel = FileChannel.open(path, WRITE)) {
        channel.truncate(end);
        channel.force(true);
      }
    }
  }

  /** Returns when the line is durable; on failure nothing of it is left. */
  void append(long position, byte[] line) throws IOException {
    try (FileChannel channel = FileChannel.open(path, WRITE)) {
      try {
        write(channel, position, line);
        channel.force(true);
      } catch (IOException e) {
        channel.truncate(position);
        throw e;
      }
    }
  }

  /** Puts another file in its place, whole or not at all; returns its length. */
  long replace(String name, Map<String, String> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(("streamcache-outbox 1 " + name + "\n").getBytes(UTF_8));
    entries.forEach((id, text) -> bytes.writeBytes(JournalLine.of(id, Optional.of(text))));
    Path draft = path.resolveSibling(path.getFileName() + ".new");
    try (FileChannel channel = FileChannel.open(draft, CREATE, WRITE, TRUNCATE_EXISTING)) {
      write(channel, 0, bytes.toByteArray());
      channel.force(true);
    }
    Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel channel = FileChannel.open(folder(), READ)) {
      channel.force(true);
    }
    return bytes.size();
  }

  private Path folder() {
    return Objects.requireNonNull(path.toAbsolutePath().getParent(), "a file lies in a folder");
  }

  private static void write(FileChannel channel, long position, byte[] bytes) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      channel.write(rest, position + rest.position());
    }
  }
}
