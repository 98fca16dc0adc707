package streamcache.durable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/**
 * The system calls that change what is on disk. One real implementation; tests replace it to inject
 * faults and power cuts. Blocks: platform threads only. No call that changes a file follows a
 * symbolic link at the end of a path: Streamcache creates none, so that the target is not ours.
 */
public interface Disk {

  /** The real disk. */
  static Disk system() {
    return SystemDisk.INSTANCE;
  }

  /** Opens a file; the caller closes the channel. */
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

  /**
   * Makes everything that was written to the file system of {@code file} survive a power cut: one
   * call where thousands of files were written. False if the system cannot.
   */
  boolean syncFileSystem(Path file) throws IOException;

  /** Creates a folder that does not exist yet. */
  void makeFolder(Path folder) throws IOException;

  /** Renames atomically, replacing an existing file. */
  void move(Path from, Path to) throws IOException;

  /**
   * Gives the file a second name, which must be free. Fails across file systems and mounts, and for
   * a file of another user that this one may not write.
   */
  void link(Path file, Path name) throws IOException;

  /** Deletes a file or an empty folder, if it exists. */
  void delete(Path file) throws IOException;

  /** Gives the space of whole blocks back to the disk; false if the file system cannot. */
  boolean punch(Path file, long offset, long length) throws IOException;

  /** Finds out what the file system under {@code folder} can do. */
  FileSystemAbilities probe(Path folder) throws IOException;
}
