package streamcache.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * The system calls by which the store changes what is on disk. One real implementation; tests
 * replace it to inject faults. Blocks: platform threads only. No call that changes a file follows a
 * symbolic link at the end of a path: the store creates none, so that its target is not ours.
 */
interface Disk {

  FileChannel open(Path file, OpenOption... options) throws IOException;

  /**
   * Writes all of {@code data} at {@code position}; after a failure any part may have been written.
   */
  void write(FileChannel file, ByteBuffer data, long position) throws IOException;

  /** Truncates {@code file} to {@code size} bytes. */
  void truncate(FileChannel file, long size) throws IOException;

  /** Makes the bytes of {@code file} survive a power cut. */
  void sync(FileChannel file) throws IOException;

  /** Makes the names in {@code folder} survive a power cut. */
  void syncFolder(Path folder) throws IOException;

  /** Creates a folder that does not exist yet. */
  void makeFolder(Path folder) throws IOException;

  /** Renames atomically, replacing an existing file. */
  void move(Path from, Path to) throws IOException;

  /** Deletes a file or an empty folder, if it exists. */
  void delete(Path file) throws IOException;

  /** Gives the space of whole blocks back to the disk; false if the file system cannot. */
  boolean punch(Path file, long offset, long length) throws IOException;

  /** Finds out what the file system under {@code folder} can do. */
  FileSystemAbilities probe(Path folder) throws IOException;

  /** The real disk. */
  final class Real implements Disk {

    @Override
    public FileChannel open(Path file, OpenOption... options) throws IOException {
      OpenOption[] all = Arrays.copyOf(options, options.length + 1);
      all[options.length] = LinkOption.NOFOLLOW_LINKS;
      return FileChannel.open(file, all);
    }

    @Override
    public void write(FileChannel file, ByteBuffer data, long position) throws IOException {
      for (long at = position; data.hasRemaining(); ) {
        at += file.write(data, at);
      }
    }

    @Override
    public void truncate(FileChannel file, long size) throws IOException {
      file.truncate(size);
    }

    @Override
    public void sync(FileChannel file) throws IOException {
      file.force(/* metaData= */ false);
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(/* metaData= */ true);
      }
    }

    @Override
    public void makeFolder(Path folder) throws IOException {
      Files.createDirectory(folder);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void delete(Path file) throws IOException {
      Files.deleteIfExists(file);
    }

    @Override
    public boolean punch(Path file, long offset, long length) throws IOException {
      return !Files.isSymbolicLink(file) && NativeFiles.system().punch(file, offset, length);
    }

    @Override
    public FileSystemAbilities probe(Path folder) throws IOException {
      return FileSystemProbe.probe(folder);
    }
  }
}
