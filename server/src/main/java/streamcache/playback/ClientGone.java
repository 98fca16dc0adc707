package streamcache.playback;

import java.io.IOException;

/** The player closed its connection or took no byte for too long; a normal end, not an error. */
public final class ClientGone extends IOException {

  private static final long serialVersionUID = 1L;

  public ClientGone(String message) {
    super(message);
  }

  /** Without a stack trace: thrown on every seek of every player. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
