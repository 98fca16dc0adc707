package streamcache.durable;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bytes of a journal on the disk. Nothing stays open between two calls, so that a rewrite by
 * another process is noticed. Every method except {@link #locked} is called with the lock held.
 */
final class JournalFile {

  private static final String OURS = "streamcache-outbox ";

  private static final Pattern HEADER = Pattern.compile("streamcache-outbox 1 (\\S+)");

  /** Far larger than any journal: a file of this size is not one of ours. */
  private static final long MOST_BYTES = 256L << 20;

  /** Work on the file while no other process writes to it. */
  interface Work {
    void run() throws IOException;
  }

  private final Disk disk;
  private final Path path;

  JournalFile(Disk disk, Path path) {
    this.disk = disk;
    this.path = path;
  }

  /** Waits while another process writes, which takes milliseconds. */
  void locked(Work work) throws IOException {
    Files.createDirectories(folder());
    Path lockPath = path.resolveSibling(path.getFileName() + ".lock");
    try (FileChannel channel = FileChannel.open(lockPath, CREATE, WRITE);
        FileLock _ = channel.lock()) {
      work.run();
    }
  }

  /**
   * The name in the first line of the file; empty if there is no file or its first line is not
   * complete, as after a power cut.
   *
   * @throws IOException also if the file is not a journal, so that a foreign file is left alone
   */
  Optional<String> name() throws IOException {
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    try (FileChannel channel = disk.open(path, READ)) {
      ByteBuffer start = ByteBuffer.allocate(256);
      while (start.hasRemaining() && channel.read(start) >= 0) {
        // Reads as much as there is.
      }
      String text = new String(start.array(), 0, start.position(), UTF_8);
      int end = text.indexOf('\n');
      if (end < 0 && isTorn(text)) {
        return Optional.empty();
      }
      return Optional.of(
          nameIn(end < 0 ? text : text.substring(0, end)).orElseThrow(this::notOurs));
    }
  }

  private static boolean isTorn(String text) {
    return text.startsWith(OURS) || OURS.startsWith(text) || text.chars().allMatch(c -> c == 0);
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
            + " is not an outbox that this version can read; move it away, or update Streamcache.");
  }

  byte[] readFrom(long position) throws IOException {
    try (FileChannel channel = disk.open(path, READ)) {
      long size = channel.size();
      if (size > MOST_BYTES) {
        throw notOurs();
      }
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, size - position));
      while (bytes.hasRemaining() && channel.read(bytes, position + bytes.position()) >= 0) {
        // Reads as much as there is.
      }
      return Arrays.copyOf(bytes.array(), bytes.position());
    }
  }

  void cutAt(long end) throws IOException {
    if (Files.size(path) > end) {
      try (FileChannel channel = disk.open(path, WRITE)) {
        disk.truncate(channel, end);
        disk.sync(channel);
      }
    }
  }

  /** Returns when the line is durable; on failure nothing of it remains. */
  void append(long position, byte[] line) throws IOException {
    try (FileChannel channel = disk.open(path, WRITE)) {
      try {
        disk.write(channel, ByteBuffer.wrap(line), position);
        disk.sync(channel);
      } catch (IOException e) {
        disk.truncate(channel, position);
        throw e;
      }
    }
  }

  /** Replaces the file atomically; returns the length of the new one. */
  long replace(String name, Map<String, String> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(("streamcache-outbox 1 " + name + "\n").getBytes(UTF_8));
    entries.forEach((id, text) -> bytes.writeBytes(JournalLine.of(id, Optional.of(text))));
    AtomicFile.replace(disk, path, ByteBuffer.wrap(bytes.toByteArray()));
    return bytes.size();
  }

  private Path folder() {
    return Objects.requireNonNull(path.toAbsolutePath().getParent(), "a file lies in a folder");
  }
}
