package streamcache.library;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import streamcache.library.StrmDecision.Faulty;

/** Explains why a file of the library cannot be read or written, without its path. */
final class StrmFailure {

  private StrmFailure() {}

  static Faulty read(IOException failure) {
    return new Faulty(
        switch (failure) {
          case AccessDeniedException _ ->
              "Cannot be read: permission denied; run as a user who may read it.";
          case NoSuchFileException _ -> "Removed while it was being read.";
          default -> "Cannot be read: " + reason(failure) + ".";
        });
  }

  static Faulty write(IOException failure) {
    return new Faulty(
        switch (failure) {
          case AccessDeniedException _ ->
              "Cannot be written: permission denied; run as the owner of the folder or as root.";
          default -> "Cannot be written: " + reason(failure) + "; the file is as it was.";
        });
  }

  /** What the system says; the exception's own message begins with the path. */
  private static String reason(IOException failure) {
    String reason =
        failure instanceof FileSystemException named ? named.getReason() : failure.getMessage();
    if (reason == null || reason.isBlank()) {
      return failure.getClass().getSimpleName();
    }
    boolean isOfOwner = reason.contains("Operation not permitted");
    return isOfOwner ? "owner or group cannot be kept; run as its owner or as root" : reason;
  }
}
