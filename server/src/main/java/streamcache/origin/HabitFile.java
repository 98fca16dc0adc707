package streamcache.origin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import streamcache.link.AccountId;

/**
 * Where habits are kept: a line an account, under a head with the checksum of the rest. There whole
 * or not at all, also after a power cut. Blocks; one writer at a time.
 */
final class HabitFile {

  private static final String HEAD = "streamcache habits 1 ";

  /** A thousand accounts take a tenth of it. */
  private static final long LONGEST = 4L << 20;

  private final Path path;

  HabitFile(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  /**
   * @return none when there is no file
   * @throws IOException it cannot be read, or is not as it was written
   */
  Map<AccountId, Habits> read() throws IOException {
    String text;
    try {
      if (Files.size(path) > LONGEST) {
        throw new IOException("too long");
      }
      text = Files.readString(path);
    } catch (NoSuchFileException _) {
      return Map.of();
    }
    int end = text.indexOf('\n') + 1;
    String lines = text.substring(end);
    if (!text.substring(0, end).equals(head(lines))) {
      throw new IOException("not as it was written");
    }
    Map<AccountId, Habits> habits = new LinkedHashMap<>();
    try {
      lines
          .lines()
          .forEach(line -> {
            int blank = line.indexOf(' ');
            habits.put(
                new AccountId(line.substring(0, blank)), HabitLine.parse(line.substring(blank)));
          });
    } catch (RuntimeException e) {
      throw new IOException("not understood", e);
    }
    return habits;
  }

  void write(Map<AccountId, Habits> habits) throws IOException {
    StringBuilder lines = new StringBuilder();
    habits.forEach(
        (account, known) -> lines.append(account.value()).append(HabitLine.of(known)).append('\n'));
    Path draft = path.resolveSibling(path.getFileName() + ".tmp");
    try (FileChannel channel =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap((head(lines.toString()) + lines).getBytes(UTF_8));
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
    Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String head(String lines) {
    CRC32 sum = new CRC32();
    sum.update(lines.getBytes(UTF_8));
    return HEAD + Long.toHexString(sum.getValue()) + "\n";
  }
}
