package streamcache.link;

import java.io.IOException;

/** Thrown when the key file cannot be used. The message says why and what to do, without a key. */
public final class KeyFileException extends IOException {

  private static final long serialVersionUID = 1L;

  public KeyFileException(String sentence) {
    super(sentence);
  }
}
