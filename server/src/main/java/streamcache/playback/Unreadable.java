package streamcache.playback;

import java.io.IOException;

/** A file of ours could not be read on while it was sent; the player's connection must be cut. */
public final class Unreadable extends IOException {

  private static final long serialVersionUID = 1L;

  public Unreadable(String message, Throwable cause) {
    super(message, cause);
  }
}
