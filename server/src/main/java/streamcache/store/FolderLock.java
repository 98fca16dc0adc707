package streamcache.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.durable.PrivateFile;

/**
 * The file LOCK: one process per folder; the system releases it when the process dies. It also
 * holds what that process tells commands, as lines {@code KEY=value}.
 *
 * <p>Three of its bytes are locked, one for each claim: that the folder is taken, that its process
 * is alive, and that the lines are those of this process. Commands test only the last two, so that
 * they never make a start fail, and trust no line that an earlier process left behind. Earlier
 * versions lock the whole file, and tell nothing.
 */
final class FolderLock implements AutoCloseable {

  private static final long TAKEN = 0;
  private static final long ALIVE = 1;
  private static final long TOLD = 2;

  /** Locked by earlier versions only. */
  private static final long UNUSED = 3;

  /** In bytes; what is longer was not written by this program. */
  private static final int MOST_TOLD = 64 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(FolderLock.class);

  private final Layout layout;
  private final FileChannel channel;

  private FolderLock(Layout layout, FileChannel channel) {
    this.layout = layout;
    this.channel = channel;
  }

  static FolderLock take(Layout layout) throws IOException {
    FileChannel channel =
        FileChannel.open(layout.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (locks(channel, TAKEN, /* isShared= */ false)) {
      channel.lock(ALIVE, 1, /* shared= */ false);
      return new FolderLock(layout, channel);
    }
    channel.close();
    throw new StoreException(
        StoreException.Cause.IN_USE,
        "The cache folder %s is in use by another Streamcache process.".formatted(layout.root())
            + " Stop that process, or set CACHE_DIR to a different folder.",
        null);
  }

  /**
   * Tells commands about this process, once; without it, they go by their own settings. Needs no
   * sync: after a power cut nobody holds the lock.
   *
   * @param told keys and values without line breaks
   */
  void tell(Map<String, String> told) {
    try {
      write(told);
      channel.lock(TOLD, 1, /* shared= */ false);
    } catch (IOException e) {
      LOG.warn("event=store-lock-not-written", e);
    }
  }

  private void write(Map<String, String> told) throws IOException {
    PrivateFile file = new PrivateFile(layout.lockFile());
    if (!file.isOwn()) {
      file.mend();
    }
    StringBuilder lines = new StringBuilder();
    told.forEach((key, value) -> lines.append(key).append('=').append(value).append('\n'));
    ByteBuffer text = ByteBuffer.wrap(lines.toString().getBytes(UTF_8));
    channel.truncate(0);
    while (text.hasRemaining()) {
      channel.write(text, text.position());
    }
  }

  /**
   * What the process that holds the lock of a folder tells; empty if there is none, if it tells
   * nothing, or if this user may not read it.
   */
  static Map<String, String> told(Layout layout) {
    try (FileChannel channel = FileChannel.open(layout.lockFile(), StandardOpenOption.READ)) {
      boolean isTold = !isFree(channel, TOLD) && isFree(channel, UNUSED);
      return isTold && channel.size() <= MOST_TOLD ? lines(channel) : Map.of();
    } catch (IOException _) {
      return Map.of();
    }
  }

  /**
   * Whether a process holds the lock of a folder; false if there is no such folder, true if this
   * user cannot find out.
   */
  static boolean isHeld(Layout layout) {
    try (FileChannel channel = FileChannel.open(layout.lockFile(), StandardOpenOption.READ)) {
      return !isFree(channel, ALIVE);
    } catch (NoSuchFileException _) {
      return false;
    } catch (IOException _) {
      return true;
    }
  }

  /** An empty file is recognized as ours where STORE is lost. */
  @Override
  public void close() throws IOException {
    try (channel) {
      channel.truncate(0);
    }
  }

  private static Map<String, String> lines(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate((int) channel.size());
    while (text.hasRemaining() && channel.read(text, text.position()) > 0) {
      // Reads the rest.
    }
    Map<String, String> told = new LinkedHashMap<>();
    UTF_8
        .decode(text.flip())
        .toString()
        .lines()
        .map(line -> line.split("=", 2))
        .filter(pair -> pair.length == 2)
        .forEach(pair -> told.put(pair[0], pair[1]));
    return told;
  }

  /** Shared, so that commands do not see the tests of each other. */
  private static boolean isFree(FileChannel channel, long claim) throws IOException {
    return locks(channel, claim, /* isShared= */ true);
  }

  private static boolean locks(FileChannel channel, long claim, boolean isShared)
      throws IOException {
    try {
      @Nullable FileLock lock = channel.tryLock(claim, 1, isShared);
      return lock != null;
    } catch (OverlappingFileLockException _) {
      return false;
    }
  }
}
