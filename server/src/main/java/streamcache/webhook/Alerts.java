package streamcache.webhook;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import streamcache.outbox.Entries;

/**
 * All alerts, in memory and in their journal. Used by one thread, which blocks for disk I/O. A
 * change that cannot be written to the disk is kept in memory and written later, because a full
 * disk may be the very event to post.
 */
final class Alerts {

  /** The maximum number of subjects; events about further ones are dropped until some are over. */
  static final int MOST = 2000;

  /** A notice and the alert that it belongs to. */
  record Pending(Alert alert, Notice notice) {}

  private static final Entries.Codec<Alert> CODEC =
      new Entries.Codec<>() {
        @Override
        public String write(Alert entry) {
          return entry.write();
        }

        @Override
        public Optional<Alert> read(String text) {
          return Alert.read(text);
        }
      };

  private final Entries<Alert> entries;
  private Optional<IOException> trouble = Optional.empty();

  private Alerts(Entries<Alert> entries) {
    this.entries = entries;
  }

  static Alerts open(Path file) throws IOException {
    return new Alerts(Entries.open(file, CODEC));
  }

  Alert of(String subject) {
    return entries.of(subject).orElseGet(() -> Alert.of(subject));
  }

  /**
   * The change is durable when this method returns, unless there is {@link #trouble}.
   *
   * @return whether there was room for it
   */
  boolean put(Alert changed) {
    if (entries.of(changed.subject()).isEmpty() && entries.size() >= MOST) {
      return false;
    }
    save(() -> entries.put(changed.subject(), changed));
    return true;
  }

  /** Removes the alerts that are over, and writes the changes that could not be written before. */
  void tidy(Instant now) {
    List<Alert> over = entries.all().stream().filter(alert -> alert.isOver(now)).toList();
    over.forEach(alert -> save(() -> entries.remove(alert.subject())));
    save(entries::saveRest);
  }

  /** Why some changes are in memory only; empty if all are written. */
  Optional<IOException> trouble() {
    return entries.isSaved() ? Optional.empty() : trouble;
  }

  /** The oldest pending notice of all alerts. */
  Optional<Pending> next() {
    return entries.all().stream()
        .flatMap(alert -> alert.pending().stream().map(notice -> new Pending(alert, notice)))
        .min(Comparator.comparing(pending -> pending.notice().time()));
  }

  private interface Change {
    void make() throws IOException;
  }

  private void save(Change change) {
    try {
      change.make();
    } catch (IOException e) {
      trouble = Optional.of(e);
    }
  }
}
