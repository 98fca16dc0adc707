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
import streamcache.outbox.Journal;

/**
 * All matters, in memory and in their journal. Used by one thread, which blocks for the disk. A
 * change that the disk refuses is kept and written later: that the disk is full is what may be to
 * be posted.
 */
final class Matters {

  /** More of them would help nobody; further ones go untold until some are over. */
  static final int MOST = 2000;

  /** A notice with its matter. */
  record Pending(Matter matter, Notice notice) {}

  private final Journal journal;
  private final Map<String, Matter> matters = new LinkedHashMap<>();
  private final Set<String> unsaved = new LinkedHashSet<>();
  private Optional<IOException> trouble = Optional.empty();

  private Matters(Journal journal) {
    this.journal = journal;
  }

  static Matters open(Path file) throws IOException {
    Journal journal = Journal.open(file);
    Matters opened = new Matters(journal);
    journal
        .entries()
        .forEach((subject, text) ->
            Matter.read(text).ifPresent(matter -> opened.matters.put(subject, matter)));
    return opened;
  }

  Matter of(String subject) {
    return matters.getOrDefault(subject, Matter.of(subject));
  }

  /**
   * Durable when it returns, unless there is {@link #trouble}.
   *
   * @return whether there was room for it
   */
  boolean put(Matter changed) {
    if (!matters.containsKey(changed.subject()) && matters.size() >= MOST) {
      return false;
    }
    matters.put(changed.subject(), changed);
    save(changed.subject());
    return true;
  }

  /** Forgets what is over, and writes what could not be written. */
  void tidy(Instant now) {
    List<String> over =
        matters.values().stream()
            .filter(matter -> matter.isOver(now))
            .map(Matter::subject)
            .toList();
    over.forEach(matters::remove);
    unsaved.addAll(over);
    Set.copyOf(unsaved).forEach(this::save);
  }

  /** Why something is in memory only. */
  Optional<IOException> trouble() {
    return unsaved.isEmpty() ? Optional.empty() : trouble;
  }

  /** The oldest notice of all. */
  Optional<Pending> next() {
    return matters.values().stream()
        .flatMap(matter -> matter.pending().stream().map(notice -> new Pending(matter, notice)))
        .min(Comparator.comparing(pending -> pending.notice().time()));
  }

  private void save(String subject) {
    unsaved.add(subject);
    Matter known = matters.get(subject);
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
