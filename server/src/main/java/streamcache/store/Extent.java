package streamcache.store;

import java.nio.channels.FileChannel;

/**
 * The location of a run of present bytes: bytes {@code [from, to)} of {@code file}. Valid until the
 * reader that returned it returns another or is closed.
 */
public record Extent(FileChannel file, long from, long to) {
  public long length() {
    return to - from;
  }
}
