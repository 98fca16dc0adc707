package streamcache.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import streamcache.durable.Disk;
import streamcache.durable.FileDraft;

/**
 * The file that marks a folder as a library of ours and lists each file that imports wrote there,
 * so that no other file is ever replaced or removed.
 *
 * <pre>
 * streamcache-library 1 m3u                       format, source
 * 1a2b3c4d5e6f7a8c Movies/Title/Title.strm        fingerprint of the entry, path
 * </pre>
 *
 * <p>A line is appended before its file is written, so that a kill leaves no file that is not
 * listed. It can tear only the last line, which the next import cuts off. One thread; the file is
 * locked while an import runs. Closed by its owner.
 */
final class LibraryIndex implements AutoCloseable {

  static final String NAME = ".streamcache-library";

  private static final String START = "streamcache-library 1 ";
  private static final int DIGITS = 16;

  private final Path file;
  private final String head;

  /** Null in a dry run over a folder without an index. */
  private final @Nullable FileChannel channel;

  private final boolean isReadOnly;
  private final PathTable table = new PathTable();
  private long end;

  private LibraryIndex(Path file, String head, @Nullable FileChannel channel, boolean isReadOnly) {
    this.file = file;
    this.head = head;
    this.channel = channel;
    this.isReadOnly = isReadOnly;
  }

  /**
   * Opens the index of {@code folder}, or begins one.
   *
   * @throws LibraryException if another import fills the folder, or it has another source
   * @throws IOException if it cannot be read or written
   */
  static LibraryIndex open(Path folder, String source) throws IOException, LibraryException {
    Path file = folder.resolve(NAME);
    FileChannel channel = Disk.system().open(file, CREATE, WRITE, READ);
    LibraryIndex index = new LibraryIndex(file, START + source, channel, /* isReadOnly= */ false);
    try {
      lock(channel, folder);
      index.load(channel, folder);
      Disk.system().truncate(channel, index.end);
      if (index.end == 0) {
        index.append(index.head);
      }
      return index;
    } catch (IOException | LibraryException e) {
      channel.close();
      throw e;
    }
  }

  /** Reads the index of {@code folder}, if there is one, for a dry run: nothing is written. */
  static LibraryIndex view(Path folder, String source) throws IOException, LibraryException {
    Path file = folder.resolve(NAME);
    if (!Files.exists(file)) {
      return new LibraryIndex(file, START + source, /* channel= */ null, /* isReadOnly= */ true);
    }
    FileChannel channel = Disk.system().open(file, READ);
    LibraryIndex index = new LibraryIndex(file, START + source, channel, /* isReadOnly= */ true);
    try {
      index.load(channel, folder);
      return index;
    } catch (IOException | LibraryException e) {
      channel.close();
      throw e;
    }
  }

  private static void lock(FileChannel channel, Path folder) throws IOException, LibraryException {
    try {
      if (channel.tryLock() != null) {
        return;
      }
    } catch (OverlappingFileLockException _) {
      // Another import of this process.
    }
    throw new LibraryException(
        "Another import is filling " + folder + "; wait until it has ended.");
  }

  private void load(FileChannel channel, Path folder) throws IOException, LibraryException {
    long length = channel.size();
    BufferedReader lines = lines(channel);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      long next = end + line.getBytes(UTF_8).length + 1;
      if (next > length && (end > 0 || head.startsWith(line))) {
        break;
      }
      if (end == 0) {
        check(line, folder);
      } else {
        take(line);
      }
      end = next;
    }
  }

  /** Not closed: that would release the lock, which is lost with any descriptor of the file. */
  private static BufferedReader lines(FileChannel channel) throws IOException {
    channel.position(0);
    return new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), UTF_8));
  }

  private void check(String line, Path folder) throws LibraryException {
    if (!line.startsWith("streamcache-library ")) {
      throw new LibraryException(
          folder.resolve(NAME) + " was not made by streamcache; import into another folder.");
    }
    if (!line.equals(head)) {
      throw new LibraryException(
          folder
              + " was filled from another source ("
              + line.substring("streamcache-library ".length())
              + "); import into another folder.");
    }
  }

  private void take(String line) {
    if (line.length() > DIGITS && line.charAt(DIGITS) == ' ') {
      table.own(line.substring(DIGITS + 1), HexFormat.fromHexDigitsToLong(line, 0, DIGITS));
    }
  }

  PathTable table() {
    return table;
  }

  /** Lists a file that is about to be written; does nothing if it is listed. */
  void list(String path, long owner) throws IOException {
    if (table.owner(path) == 0) {
      append(HexFormat.of().toHexDigits(owner) + " " + path);
      table.own(path, owner);
    }
  }

  /** What is done with a file that this import did not mention. */
  interface Disposal {
    void dispose(String path) throws IOException;
  }

  /** Strikes every file that was not seen off the list, after {@code disposal} has had it. */
  void strikeUnseen(Disposal disposal) throws IOException {
    try (FileDraft draft = FileDraft.of(file)) {
      BufferedReader lines = lines(Objects.requireNonNull(channel, "not a dry run"));
      LineBuffer kept = new LineBuffer(draft);
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        boolean isHead = line.startsWith(START);
        String path = line.substring(Math.min(line.length(), DIGITS + 1));
        if (isHead || table.isSeen(path)) {
          kept.add(line);
        } else {
          disposal.dispose(path);
        }
      }
      kept.flush();
      draft.publish();
    }
  }

  private void append(String line) throws IOException {
    if (isReadOnly) {
      return;
    }
    ByteBuffer bytes = UTF_8.encode(line + "\n");
    int length = bytes.remaining();
    Disk.system().write(Objects.requireNonNull(channel), bytes, end);
    end += length;
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
