package streamcache.store;

import java.nio.channels.FileChannel;

/**
 * Where a run of present bytes lies: bytes {@code [from, to)} of {@code file}. Valid until the
 * reader that asked for it asks for another or is closed.
 */
public record Extent(FileChannel file, long from, long to) {
  public long length() {
    return to - from;
  }
}
