package streamcache.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An existing file open for writing that survives interrupts: an interrupt closes the channel under
 * everybody who writes to it, so the channel is opened again and the positional write repeated.
 * Owned by one generation; used by its writers and the keeper at the same time.
 */
final class SteadyFile implements AutoCloseable {
  private final Disk disk;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile Path path;
  private FileChannel channel;
  private boolean closed;

  SteadyFile(Disk disk, Path path) throws IOException {
    this.disk = disk;
    this.path = path;
    this.channel = disk.open(path, StandardOpenOption.WRITE);
  }

  /** Says that the file has another name now. */
  void renamed(Path to) {
    path = to;
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

  void truncate(long size) throws IOException {
    steadily(channel -> channel.truncate(size));
  }

  @Override
  public void close() throws IOException {
    current(/* closing= */ true).close();
  }

  private void steadily(Step step) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        FileChannel current = current(/* closing= */ false);
        try {
          step.run(current);
          return;
        } catch (ClosedByInterruptException _) {
          interrupted |= Thread.interrupted();
          reopen(current);
        } catch (ClosedChannelException _) {
          reopen(current);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private FileChannel current(boolean closing) {
    lock.lock();
    try {
      closed |= closing;
      return channel;
    } finally {
      lock.unlock();
    }
  }

  private void reopen(FileChannel broken) throws IOException {
    FileChannel fresh = disk.open(path, StandardOpenOption.WRITE);
    lock.lock();
    try {
      if (!closed && channel.equals(broken)) {
        channel = fresh;
        return;
      }
    } finally {
      lock.unlock();
    }
    fresh.close();
    if (isClosed()) {
      throw new ClosedChannelException();
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  private interface Step {
    void run(FileChannel channel) throws IOException;
  }
}
