package streamcache.playback;

import java.io.IOException;

/** A stored file became unreadable while it was being sent; the player's connection must be cut. */
public final class Unreadable extends IOException {

  private static final long serialVersionUID = 1L;

  public Unreadable(String message, Throwable cause) {
    super(message, cause);
  }
}
