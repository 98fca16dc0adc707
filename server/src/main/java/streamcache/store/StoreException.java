package streamcache.store;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The store cannot be opened, or cannot accept bytes; playback then continues without it. */
public final class StoreException extends IOException {

  private static final long serialVersionUID = 1L;

  /** The kind of failure; also a metric label. */
  public enum Cause {
    /** No space on the disk, or at the limit with nothing to evict. */
    FULL,
    /** The file system refuses writes. */
    READ_ONLY,
    /** Any other I/O error. */
    BROKEN,
    /** Opening: another process holds the folder. */
    IN_USE,
    /** Opening: the store was written by a newer version. */
    TOO_NEW,
    /** Opening: the folder holds foreign files and no store. */
    NOT_OURS,
    /** Opening: the folder cannot be created or written. */
    UNUSABLE
  }

  private final Cause kind;

  public StoreException(Cause kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** The folder cannot be created or written. */
  static StoreException unusable(Path folder, IOException cause) {
    return new StoreException(
        Cause.UNUSABLE,
        "The cache folder %s cannot be created or written (%s)."
                .formatted(folder, cause.getClass().getSimpleName())
            + " Check that it is on a writable disk and owned by the user that Streamcache"
            + " runs as.",
        cause);
  }

  public Cause kind() {
    return kind;
  }
}
