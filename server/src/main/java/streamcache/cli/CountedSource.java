package streamcache.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import streamcache.catalog.CatalogSource;

/** A playlist of which it is known how much was read. One thread. */
final class CountedSource implements CatalogSource {

  private final CatalogSource source;
  private long read;

  CountedSource(CatalogSource source) {
    this.source = source;
  }

  /** The number of bytes that were read so far. */
  long read() {
    return read;
  }

  @Override
  public String shownName() {
    return source.shownName();
  }

  @Override
  public long size() {
    return source.size();
  }

  @Override
  public InputStream open() throws IOException {
    return new FilterInputStream(source.open()) {
      @Override
      public int read() throws IOException {
        int single = super.read();
        read += single < 0 ? 0 : 1;
        return single;
      }

      @Override
      public int read(byte[] bytes, int from, int length) throws IOException {
        int count = super.read(bytes, from, length);
        read += Math.max(0, count);
        return count;
      }
    };
  }
}
