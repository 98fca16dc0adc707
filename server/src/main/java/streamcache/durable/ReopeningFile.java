package streamcache.durable;

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
 * An existing file, open for writing from its first use on, that survives interrupts. An interrupt
 * closes the channel for all its users, so the channel is opened again and the positional write is
 * repeated. Any number of threads may use it at once; its owner closes it.
 */
public final class ReopeningFile implements AutoCloseable {
  private final Disk disk;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile Path path;

  /** Set during a rename, while the name on disk may differ from {@code path}. */
  private volatile boolean moving;

  private @Nullable FileChannel channel;
  private boolean closed;

  /** The file is opened at the first use. */
  public ReopeningFile(Disk disk, Path path) {
    this.disk = disk;
    this.path = path;
  }

  /** Writes {@code bytes} to a new file, or over an old draft; a failure leaves no file. */
  public static ReopeningFile draft(Disk disk, Path path, ByteBuffer bytes) throws IOException {
    boolean made = false;
    try (FileChannel channel = disk.open(path, CREATE, WRITE, TRUNCATE_EXISTING)) {
      disk.write(channel, bytes.duplicate(), 0);
      made = true;
    } finally {
      if (!made) {
        disk.delete(path);
      }
    }
    return new ReopeningFile(disk, path);
  }

  /** Renames the file, replacing an existing one; one caller at a time. */
  public void move(Path to) throws IOException {
    moving = true;
    try {
      disk.move(path, to);
      path = to;
    } finally {
      moving = false;
    }
  }

  /** Syncs the file, then renames it over an existing one; a failure deletes the file. */
  public void syncAndMove(Path to) throws IOException {
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

  /** The bytes from {@code start} to {@code end}; fewer if the file ends before. */
  public ByteBuffer read(long start, long end) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(end - start));
    try (FileChannel reading = disk.open(path, READ)) {
      while (bytes.hasRemaining() && reading.read(bytes, start + bytes.position()) > 0) {
        // Until the buffer is full.
      }
    }
    return bytes.flip();
  }

  public Path path() {
    return path;
  }

  public void write(ByteBuffer data, long position) throws IOException {
    steadily(channel -> disk.write(channel, data.duplicate(), position));
    data.position(data.limit());
  }

  public void sync() throws IOException {
    steadily(disk::sync);
  }

  /** Makes the name of the file survive a power cut. */
  public void syncName() throws IOException {
    disk.syncFolder(path.resolveSibling("."));
  }

  public void truncate(long size) throws IOException {
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
          // Closed by another writer's interrupt, or for good: current() finds out.
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

  /** Null if the file has to be opened. */
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

  /** If two threads open the file at the same time, the first one wins. */
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

  /** Opens the file under its current name: a newer generation's file may have the old name. */
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
