package streamcache.durable;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A file for what is too large for memory and not worth keeping: written once, then read, then
 * gone. It has no name once it is open, so that a killed process leaves nothing, unless the file
 * system cannot do that. One thread; its owner closes it.
 */
public final class ScratchFile implements AutoCloseable {

  private final FileChannel channel;

  private ScratchFile(FileChannel channel) {
    this.channel = channel;
  }

  /** Creates the file; {@code path} must belong to one process at a time. */
  public static ScratchFile at(Path path) throws IOException {
    return new ScratchFile(
        FileChannel.open(path, CREATE, TRUNCATE_EXISTING, READ, WRITE, DELETE_ON_CLOSE));
  }

  /** Appends; the caller need not close the stream. */
  public OutputStream output() {
    return Channels.newOutputStream(channel);
  }

  /** Reads from the start; the caller need not close the stream. */
  public InputStream input() throws IOException {
    channel.position(0);
    return Channels.newInputStream(channel);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
