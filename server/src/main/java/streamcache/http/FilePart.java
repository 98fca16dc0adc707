package streamcache.http;

import io.netty.buffer.ByteBuf;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;

/**
 * A range of a file so short that copying it behind the head costs less than a separate system
 * call: one write, one packet. The store owns the file.
 *
 * @param from offset of the first byte in the file
 * @param length in bytes, at most {@link #LONGEST}, or {@link #LONGEST_OF_TLS}
 */
record FilePart(FileChannel file, long from, int length) {

  /** For longer ranges sendfile is cheaper than the copy (docs/performance.md). */
  static final int LONGEST = 16 << 10;

  /** TLS copies every byte; a player that does not read holds this much memory, twice. */
  static final int LONGEST_OF_TLS = 64 << 10;

  /** Called on the event loop, which a page-cache miss blocks just as in sendfile. */
  void copyTo(ByteBuf out) throws IOException {
    int copied = 0;
    while (copied < length) {
      int count = out.writeBytes(file, from + copied, length - copied);
      if (count <= 0) {
        throw new EOFException("the file ends before the range to send");
      }
      copied += count;
    }
  }
}
