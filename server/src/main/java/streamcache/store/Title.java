package streamcache.store;

import java.util.Optional;
import streamcache.link.TitleKey;

/** One thing to play, shared by everybody who holds it open. */
public final class Title implements AutoCloseable {

  Title() {}

  public TitleKey key() {
    throw new UnsupportedOperationException();
  }

  /** The generation a new playback gets; empty until the first answer of the provider. */
  public Optional<Generation> generation() {
    throw new UnsupportedOperationException();
  }

  /**
   * Begins a new generation in a new media file; playbacks on the old one go on with what it has.
   * Blocks on the disk; called on a connection's platform thread.
   *
   * <p>Works even when the disk is full: the generation then lives in memory without a byte, so
   * that its facts can be answered.
   */
  public Generation begin(GenerationFacts facts) {
    throw new UnsupportedOperationException();
  }

  /** Ends one hold; the last one lets the store close files in its own time. */
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
