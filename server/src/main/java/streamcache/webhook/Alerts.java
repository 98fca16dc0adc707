package streamcache.webhook;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import streamcache.durable.Journal;

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

  private final Journal journal;
  private final Map<String, Alert> matters = new LinkedHashMap<>();
  private final Set<String> unsaved = new LinkedHashSet<>();
  private Optional<IOException> trouble = Optional.empty();

  private Alerts(Journal journal) {
    this.journal = journal;
  }

  static Alerts open(Path file) throws IOException {
    Journal journal = Journal.open(file);
    Alerts opened = new Alerts(journal);
    journal
        .entries()
        .forEach((subject, text) ->
            Alert.read(text).ifPresent(alert -> opened.matters.put(subject, alert)));
    return opened;
  }

  Alert of(String subject) {
    return matters.getOrDefault(subject, Alert.of(subject));
  }

  /**
   * The change is durable when this method returns, unless there is {@link #trouble}.
   *
   * @return whether there was room for it
   */
  boolean put(Alert changed) {
    if (!matters.containsKey(changed.subject()) && matters.size() >= MOST) {
      return false;
    }
    matters.put(changed.subject(), changed);
    save(changed.subject());
    return true;
  }

  /** Removes the alerts that are over, and writes the changes that could not be written before. */
  void tidy(Instant now) {
    List<String> over =
        matters.values().stream().filter(alert -> alert.isOver(now)).map(Alert::subject).toList();
    over.forEach(matters::remove);
    unsaved.addAll(over);
    Set.copyOf(unsaved).forEach(this::save);
  }

  /** Why some changes are in memory only; empty if all are written. */
  Optional<IOException> trouble() {
    return unsaved.isEmpty() ? Optional.empty() : trouble;
  }

  /** The oldest pending notice of all alerts. */
  Optional<Pending> next() {
    return matters.values().stream()
        .flatMap(alert -> alert.pending().stream().map(notice -> new Pending(alert, notice)))
        .min(Comparator.comparing(pending -> pending.notice().time()));
  }

  private void save(String subject) {
    unsaved.add(subject);
    Alert known = matters.get(subject);
    try {
      if (known == null) {
        journal.remove(subject);
      } else {
        journal.put(subject, known.write());
      }
      unsaved.remove(subject);
    } catch (IOException e) {
      trouble = Optional.of(e);
    }
  }
}
