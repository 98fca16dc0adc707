package streamcache.store;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An existing file, open for writing from the first use on, that survives interrupts: an interrupt
 * closes the channel under everybody who writes to it, so the channel is opened again and the
 * positional write repeated. Owned by one generation; used by its writers and the keeper at the
 * same time.
 */
final class SteadyFile implements AutoCloseable {
  private final Disk disk;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile Path path;

  /** Set while the file has one name on disk and another one here. */
  private volatile boolean moving;

  private @Nullable FileChannel channel;
  private boolean closed;

  SteadyFile(Disk disk, Path path) {
    this.disk = disk;
    this.path = path;
  }

  /**
   * A new file, or an old draft's place, that holds {@code bytes}; nothing is left of a failure.
   */
  static SteadyFile draft(Disk disk, Path path, ByteBuffer bytes) throws IOException {
    boolean made = false;
    try (FileChannel channel = disk.open(path, CREATE, WRITE, TRUNCATE_EXISTING)) {
      disk.write(channel, bytes.duplicate(), 0);
      made = true;
    } finally {
      if (!made) {
        disk.delete(path);
      }
    }
    return new SteadyFile(disk, path);
  }

  /** Renames the file, in the place of what is there; one caller at a time. */
  void move(Path to) throws IOException {
    moving = true;
    try {
      disk.move(path, to);
      path = to;
    } finally {
      moving = false;
    }
  }

  /** Takes the place of what is there, as one that survives a power cut; a failure deletes it. */
  void syncAndMove(Path to) throws IOException {
    boolean moved = false;
    try {
      sync();
      move(to);
      moved = true;
    } finally {
      if (!moved) {
        close();
        disk.delete(path);
      }
    }
  }

  /** What is in the file from {@code start} to {@code end}; less when it ends before. */
  ByteBuffer read(long start, long end) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(end - start));
    try (FileChannel reading = disk.open(path, READ)) {
      while (bytes.hasRemaining() && reading.read(bytes, start + bytes.position()) > 0) {
        // Until all is there.
      }
    }
    return bytes.flip();
  }

  Path path() {
    return path;
  }

  void write(ByteBuffer data, long position) throws IOException {
    steadily(channel -> disk.write(channel, data.duplicate(), position));
    data.position(data.limit());
  }

  void sync() throws IOException {
    steadily(disk::sync);
  }

  /** Makes the name of the file survive a power cut. */
  void syncName() throws IOException {
    disk.syncFolder(path.resolveSibling("."));
  }

  void truncate(long size) throws IOException {
    steadily(channel -> disk.truncate(channel, size));
  }

  @Override
  public void close() throws IOException {
    FileChannel last;
    lock.lock();
    try {
      closed = true;
      last = channel;
    } finally {
      lock.unlock();
    }
    if (last != null) {
      last.close();
    }
  }

  private void steadily(Step step) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        FileChannel current = current();
        try {
          step.run(current);
          return;
        } catch (ClosedByInterruptException _) {
          interrupted |= Thread.interrupted();
        } catch (ClosedChannelException _) {
          // By the interrupt of another writer, or for good: the next look tells.
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private FileChannel current() throws IOException {
    FileChannel known = known();
    return known == null ? take(open()) : known;
  }

  /** Null when the file has to be opened. */
  private @Nullable FileChannel known() throws ClosedChannelException {
    lock.lock();
    try {
      if (closed) {
        throw new ClosedChannelException();
      }
      return channel != null && channel.isOpen() ? channel : null;
    } finally {
      lock.unlock();
    }
  }

  /** Of two who open it at the same time the first one wins. */
  private FileChannel take(FileChannel fresh) throws IOException {
    FileChannel known = null;
    lock.lock();
    try {
      known = channel != null && channel.isOpen() ? channel : null;
      if (known == null && !closed) {
        channel = fresh;
        return fresh;
      }
    } finally {
      lock.unlock();
    }
    fresh.close();
    if (known == null) {
      throw new ClosedChannelException();
    }
    return known;
  }

  /** Under the name it has now: the one before may be that of a newer generation's file. */
  private FileChannel open() throws IOException {
    while (true) {
      Path place = path;
      try {
        FileChannel fresh = disk.open(place, WRITE);
        if (isAt(place)) {
          return fresh;
        }
        fresh.close();
      } catch (NoSuchFileException e) {
        if (isAt(place)) {
          throw e;
        }
      }
      Thread.onSpinWait();
    }
  }

  private boolean isAt(Path place) {
    return !moving && place.equals(path);
  }

  private interface Step {
    void run(FileChannel channel) throws IOException;
  }
}
