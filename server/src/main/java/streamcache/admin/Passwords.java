package streamcache.admin;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.settings.SecretText;

/**
 * The operator's password in a running server. Digests are computed one at a time, so that any
 * number of log-ins takes the memory and the processor of one. Called by virtual threads, which
 * wait; files are read and digests computed on platform threads.
 */
final class Passwords {

  private static final Logger LOG = LoggerFactory.getLogger(Passwords.class);

  /** How long a log-in waits for those before it. */
  private static final Duration MOST_WAIT = Duration.ofSeconds(5);

  /** Something that needs the turn. */
  @FunctionalInterface
  interface Turn<T> {
    T run() throws ApiException;
  }

  private final PasswordFile file;
  private final Duration mostWait;
  private final Semaphore turn = new Semaphore(1, /* fair= */ true);

  /**
   * @param folder of the configuration
   */
  Passwords(Path folder) {
    this(folder, MOST_WAIT);
  }

  Passwords(Path folder, Duration mostWait) {
    this.file = new PasswordFile(folder);
    this.mostWait = mostWait;
  }

  boolean isSet() {
    return read().isPresent();
  }

  /** Stands for the present password, or for there being none: another after each change. */
  TokenDigest stamp() {
    // No token has a line break, so none has this digest.
    return TokenDigest.of("password\n" + read().map(PasswordDigest::line).orElse(""));
  }

  /** Whether it is the password. To be called in turn. */
  boolean isRight(SecretText presented) {
    return FileThread.call(() -> fromFile().filter(digest -> digest.isOf(presented)).isPresent());
  }

  /**
   * Sets a password in turn.
   *
   * @param isFirst whether one that is set stays
   * @return false if it stays
   */
  boolean set(NewPassword password, boolean isFirst) throws ApiException {
    return FileThread.call(() -> write(password, isFirst))
        .orElseThrow(() ->
            ApiException.loginsBusy(
                "The password cannot be written into the configuration folder; make it writable"
                    + " for the user of the server."));
  }

  /** Runs something while no other log-in runs. */
  <T> T inTurn(Turn<T> action) throws ApiException {
    if (!acquire()) {
      throw ApiException.loginsBusy("Too many log-ins are waiting; try again in a while.");
    }
    try {
      return action.run();
    } finally {
      turn.release();
    }
  }

  private boolean acquire() {
    try {
      return turn.tryAcquire(mostWait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Optional<PasswordDigest> read() {
    return FileThread.call(this::fromFile);
  }

  /** A file that cannot be read is a password that nobody knows, so that nobody may set another. */
  private Optional<PasswordDigest> fromFile() {
    try {
      return file.read();
    } catch (IOException e) {
      LOG.warn("event=admin.password-unreadable error={}", e.getClass().getSimpleName());
      return Optional.of(new PasswordDigest(""));
    }
  }

  private Optional<Boolean> write(NewPassword password, boolean isFirst) {
    try {
      if (isFirst) {
        return Optional.of(file.setFirst(password));
      }
      file.set(password);
      return Optional.of(true);
    } catch (IOException e) {
      LOG.warn("event=admin.password-not-written error={}", e.getClass().getSimpleName());
      return Optional.empty();
    }
  }
}
