package streamcache.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The system calls by which the store changes what is on disk. One real instance; tests put faults
 * in its place. Blocks: platform threads only.
 */
interface Disk {

  FileChannel open(Path file, OpenOption... options) throws IOException;

  /** Writes all of {@code data} at {@code position}; after a failure any part may be there. */
  void write(FileChannel file, ByteBuffer data, long position) throws IOException;

  /** Gives up what lies behind {@code size}. */
  void truncate(FileChannel file, long size) throws IOException;

  /** Makes the bytes of {@code file} survive a power cut. */
  void sync(FileChannel file) throws IOException;

  /** Makes the names in {@code folder} survive a power cut. */
  void syncFolder(Path folder) throws IOException;

  /** Makes a folder that is not there yet. */
  void makeFolder(Path folder) throws IOException;

  /** Renames, in the place of what is there. */
  void move(Path from, Path to) throws IOException;

  /** Deletes a file or an empty folder, if it is there. */
  void delete(Path file) throws IOException;

  /** Gives the space of whole blocks back; false when the file system cannot. */
  boolean punch(Path file, long offset, long length) throws IOException;

  /** Finds out what the file system under {@code folder} can do. */
  FileSystemAbilities probe(Path folder) throws IOException;

  /** The real disk. */
  final class Real implements Disk {

    @Override
    public FileChannel open(Path file, OpenOption... options) throws IOException {
      return FileChannel.open(file, options);
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
      return NativeFiles.system().punch(file, offset, length);
    }

    @Override
    public FileSystemAbilities probe(Path folder) throws IOException {
      return FileSystemProbe.probe(folder);
    }
  }
}
