package streamcache.fill;

import streamcache.store.Generation;
import streamcache.store.Reader;

/** A superseded generation that is kept for one playback, which closes it. */
public record Held(Generation generation, Reader reader) implements AutoCloseable {

  @Override
  public void close() {
    reader.close();
  }
}
