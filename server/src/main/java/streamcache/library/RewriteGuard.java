package streamcache.library;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Prevents a fight with another program that puts its own content back each time a file is given a
 * link. One thread.
 */
final class RewriteGuard {

  /** How often a file is written within {@link #WITHIN} before it is left alone. */
  static final int MOST = 3;

  static final Duration WITHIN = Duration.ofMinutes(1);

  /** How long it is left alone after the last attempt. */
  static final Duration REST = Duration.ofHours(1);

  /** The writes of a file since {@code first}, and until when it is left alone. */
  private record Writes(Instant first, int count, Instant restUntil) {}

  private final Map<Path, Writes> files = new HashMap<>();

  /** What may be done with a file. */
  enum Answer {
    WRITE,
    /** It is left alone from now on. */
    LEAVE_FROM_NOW,
    LEAVE
  }

  /** Whether a file that needs a link may be written. */
  Answer ask(Path file, Instant now) {
    Writes writes = files.get(file);
    if (writes == null) {
      return Answer.WRITE;
    }
    if (now.isBefore(writes.restUntil())) {
      return Answer.LEAVE;
    }
    if (writes.count() < MOST || now.isAfter(writes.first().plus(WITHIN))) {
      return Answer.WRITE;
    }
    files.put(file, new Writes(now, 0, now.plus(REST)));
    return Answer.LEAVE_FROM_NOW;
  }

  /** The file was given a link. */
  void wrote(Path file, Instant now) {
    files.merge(
        file,
        new Writes(now, 1, Instant.MIN),
        (old, fresh) ->
            now.isAfter(old.first().plus(WITHIN))
                ? fresh
                : new Writes(old.first(), old.count() + 1, Instant.MIN));
  }

  /** Forgets what no longer matters. */
  void tidy(Instant now) {
    files
        .values()
        .removeIf(writes ->
            now.isAfter(writes.first().plus(WITHIN)) && !now.isBefore(writes.restUntil()));
  }
}
