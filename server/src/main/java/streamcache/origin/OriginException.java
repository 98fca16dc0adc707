package streamcache.origin;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Thrown when a fetch has failed, with the cause from the sealed family. */
public final class OriginException extends IOException {

  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  public OriginException(Failure failure) {
    this(failure, null);
  }

  /**
   * @param cause the network's exception; its message is not shown, since it may contain a URL
   */
  public OriginException(Failure failure, @Nullable Throwable cause) {
    super(failure.getClass().getSimpleName() + ": " + failure.detail(), cause);
    this.failure = failure;
  }

  public Failure failure() {
    return failure;
  }
}
