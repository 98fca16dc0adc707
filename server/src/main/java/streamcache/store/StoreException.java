package streamcache.store;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The store cannot take or give bytes; playback goes on without it. */
public final class StoreException extends IOException {

  private static final long serialVersionUID = 1L;

  /** What is wrong, as a metric label and a sentence to the operator. */
  public enum Cause {
    /** No space on the disk, or at the limit without a victim. */
    FULL,
    /** The file system refuses writes. */
    READ_ONLY,
    /** Any other I/O error. */
    BROKEN,
    /** Opening: another process holds the folder. */
    IN_USE,
    /** Opening: the store was written by a newer version. */
    TOO_NEW,
    /** Opening: the folder cannot be made or written. */
    UNUSABLE
  }

  private final Cause kind;

  public StoreException(Cause kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Cause kind() {
    return kind;
  }
}
