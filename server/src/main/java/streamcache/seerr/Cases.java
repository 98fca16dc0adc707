package streamcache.seerr;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import streamcache.durable.Journal;
import streamcache.link.TitleKey;

/**
 * All cases, in memory and in their journal. Changed by one thread, which blocks for disk I/O; the
 * notes for viewers are read from any thread. A change that cannot be written to the disk is kept
 * in memory and written later.
 */
final class Cases {

  /** A thousand dead titles mean a dead provider; more cases would say nothing new. */
  static final int MOST = 2000;

  private final Journal journal;
  private final SequencedMap<String, Case> cases = new LinkedHashMap<>();
  private final Set<String> unsaved = new LinkedHashSet<>();

  /** The notes for viewers by title; empty if there is nothing to say, absent without a case. */
  private final ConcurrentMap<String, String> notes = new ConcurrentHashMap<>();

  private Cases(Journal journal) {
    this.journal = journal;
  }

  static Cases open(Path file) throws IOException {
    Journal journal = Journal.open(file);
    Cases cases = new Cases(journal);
    journal.entries().keySet().forEach(cases::load);
    return cases;
  }

  /** The content of the journal, for a reader that does not write. */
  static List<Case> read(Path file) throws IOException {
    return Journal.read(file).values().stream()
        .map(CaseText::read)
        .flatMap(Optional::stream)
        .toList();
  }

  /** Any thread. */
  boolean knows(TitleKey key) {
    return notes.containsKey(key.value());
  }

  /** Any thread. */
  Optional<String> note(TitleKey key) {
    return Optional.ofNullable(notes.get(key.value())).filter(note -> !note.isEmpty());
  }

  Optional<Case> of(TitleKey key) {
    return Optional.ofNullable(cases.get(key.value()));
  }

  /**
   * Reads what the command of the operator has changed, and writes what could not be written
   * before.
   */
  void refresh() throws IOException {
    for (String key : journal.refresh()) {
      unsaved.remove(key);
      load(key);
    }
    for (String key : Set.copyOf(unsaved)) {
      save(key);
    }
  }

  /**
   * The change is durable when this method returns.
   *
   * @return whether there was room for it
   * @throws IOException if the disk refuses the change; it is kept in memory
   */
  boolean put(Case changed) throws IOException {
    if (!cases.containsKey(changed.key()) && cases.size() >= MOST && !forgetOldest()) {
      return false;
    }
    remember(changed);
    save(changed.key());
    return true;
  }

  void forget(Case over) throws IOException {
    cases.remove(over.key());
    notes.remove(over.key());
    save(over.key());
  }

  /** The queued case that is due first; one that is due to be resolved precedes all others. */
  Optional<Case> next(Instant now) {
    return cases.values().stream()
        .filter(each -> each.state().isQueued())
        .min(
            Comparator.comparing((Case each) ->
                    each.state() != State.RESOLVING || each.progress().due().isAfter(now))
                .thenComparing(each -> each.progress().due()));
  }

  /** The times after {@code from} at which this server changed something in Seerr, oldest first. */
  List<Instant> postedSince(Instant from) {
    return cases.values().stream()
        .map(Case::posted)
        .flatMap(Optional::stream)
        .filter(posted -> posted.isAfter(from))
        .sorted()
        .toList();
  }

  private void load(String key) {
    String text = journal.entries().get(key);
    Optional<Case> found = Optional.ofNullable(text).flatMap(CaseText::read);
    if (found.isPresent()) {
      remember(found.get());
    } else {
      cases.remove(key);
      notes.remove(key);
    }
  }

  private void remember(Case known) {
    cases.put(known.key(), known);
    boolean isTold = known.state() != State.CLOSED && known.state() != State.RESOLVING;
    notes.put(known.key(), isTold ? known.deed().map(SeerrAction::note).orElse("") : "");
  }

  private void save(String key) throws IOException {
    unsaved.add(key);
    Case known = cases.get(key);
    if (known == null) {
      journal.remove(key);
    } else {
      journal.put(key, CaseText.write(known));
    }
    unsaved.remove(key);
  }

  private boolean forgetOldest() throws IOException {
    Optional<Case> oldest =
        cases.values().stream()
            .filter(each -> !each.state().isQueued())
            .min(Comparator.comparing(each -> each.progress().changed()));
    if (oldest.isPresent()) {
      forget(oldest.get());
    }
    return oldest.isPresent();
  }
}
