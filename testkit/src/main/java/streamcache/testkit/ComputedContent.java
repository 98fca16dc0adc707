package streamcache.testkit;

import java.nio.ByteBuffer;

/** Content computed by a given source. */
final class ComputedContent implements Content {

  private final long length;
  private final Source source;

  ComputedContent(long length, Source source) {
    this.length = length;
    this.source = source;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void fill(long offset, byte[] target, int from, int count) {
    ByteBuffer into = ByteBuffer.wrap(target, from, count);
    source.read(offset, into);
    if (into.hasRemaining()) {
      throw new IllegalStateException("no bytes for " + (offset + count - into.remaining()));
    }
  }

  @Override
  public String origin(byte[] actual, int from, int count) {
    return "";
  }
}
