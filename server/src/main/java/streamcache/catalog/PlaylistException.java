package streamcache.catalog;

import java.io.IOException;

/** A file is not a playlist; the message is a sentence that says what it is instead. */
public final class PlaylistException extends IOException {

  private static final long serialVersionUID = 1L;

  public PlaylistException(String sentence) {
    super(sentence);
  }
}
