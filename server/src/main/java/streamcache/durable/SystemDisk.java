package streamcache.durable;

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

/** The real disk. */
final class SystemDisk implements Disk {

  static final Disk INSTANCE = new SystemDisk();

  private SystemDisk() {}

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
  public boolean syncFileSystem(Path file) throws IOException {
    return NativeFiles.system().syncFileSystem(file);
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
  public void link(Path file, Path name) throws IOException {
    Files.createLink(name, file);
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
