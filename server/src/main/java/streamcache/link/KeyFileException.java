package streamcache.link;

import java.io.IOException;

/** The file of keys cannot be used; the message says why and what to do, and holds no key. */
public final class KeyFileException extends IOException {

  private static final long serialVersionUID = 1L;

  KeyFileException(String sentence) {
    super(sentence);
  }
}
