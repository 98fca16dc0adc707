package streamcache.http;

import io.netty.channel.unix.Errors;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.playback.Unreadable;

/** Distinguishes an unreadable file from a departed player by the outcome of a write. */
final class FileTrouble {

  private static final Logger LOG = LoggerFactory.getLogger(FileTrouble.class);

  /**
   * EIO, EISDIR, EINVAL, ENODATA, ESTALE, EUCLEAN, EREMOTEIO: errors of a disk, never of a socket.
   */
  private static final Set<Integer> OF_DISKS = Set.of(5, 21, 22, 61, 116, 117, 121);

  private FileTrouble() {}

  /**
   * Returns what is wrong with the file after a write of its bytes failed; empty when the file is
   * not the cause.
   *
   * @param cause why the write failed; null when it was never tried
   * @param end offset behind the last byte that was to be read
   */
  static Optional<Unreadable> behind(@Nullable Throwable cause, FileChannel file, long end) {
    if (cause == null || !(isOfDisk(cause) || isShort(file, end))) {
      return Optional.empty();
    }
    LOG.error("event=body.unreadable cause=\"{}\"", cause.toString());
    return Optional.of(new Unreadable("a stored file cannot be read", cause));
  }

  private static boolean isOfDisk(Throwable cause) {
    return switch (cause) {
      case Unreadable _ -> true;
      case Errors.NativeIoException error -> OF_DISKS.contains(Math.abs(error.expectedErr()));
      default -> false;
    };
  }

  private static boolean isShort(FileChannel file, long end) {
    try {
      return file.size() < end;
    } catch (IOException e) {
      return false;
    }
  }
}
