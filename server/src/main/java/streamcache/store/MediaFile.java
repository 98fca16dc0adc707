package streamcache.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one generation. Read through a channel that nobody writes with, so that an
 * interrupted writer cannot close it under a player; the writing side opens at the first write.
 */
final class MediaFile implements AutoCloseable {
  private final Disk disk;
  private final FileChannel reading;
  private final AtomicReference<@Nullable SteadyFile> writing = new AtomicReference<>();
  private volatile Path path;

  private MediaFile(Disk disk, Path path, FileChannel reading) {
    this.disk = disk;
    this.path = path;
    this.reading = reading;
  }

  static MediaFile open(Disk disk, Path path) throws IOException {
    return new MediaFile(disk, path, disk.open(path, StandardOpenOption.READ));
  }

  FileChannel reading() {
    return reading;
  }

  Path path() {
    return path;
  }

  void write(ByteBuffer data, long position) throws IOException {
    writing().write(data, position);
  }

  /** Makes what was written survive a power cut. */
  void sync() throws IOException {
    writing().sync();
  }

  /** Renames the file; what is open stays open. */
  void rename(Path to) throws IOException {
    disk.move(path, to);
    path = to;
    SteadyFile writer = writing.get();
    if (writer != null) {
      writer.renamed(to);
    }
  }

  @Override
  public void close() throws IOException {
    SteadyFile writer = writing.getAndSet(null);
    if (writer != null) {
      writer.close();
    }
    reading.close();
  }

  private SteadyFile writing() throws IOException {
    SteadyFile writer = writing.get();
    if (writer != null) {
      return writer;
    }
    SteadyFile fresh = new SteadyFile(disk, path);
    if (writing.compareAndSet(null, fresh)) {
      return fresh;
    }
    fresh.close();
    return writing();
  }
}
