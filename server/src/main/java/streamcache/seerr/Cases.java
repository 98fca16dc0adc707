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
import streamcache.link.TitleKey;
import streamcache.outbox.Journal;

/**
 * All cases, in memory and in their journal. Changed by one thread, which blocks for the disk; what
 * viewers are told is read from any. A change that the disk refuses is kept and written later.
 */
final class Cases {

  /** A thousand dead titles are a dead provider; more of them would help nobody. */
  static final int MOST = 2000;

  private final Journal journal;
  private final SequencedMap<String, Case> cases = new LinkedHashMap<>();
  private final Set<String> unsaved = new LinkedHashSet<>();

  /** What viewers of a title are told, empty text for nothing; a title without a case is absent. */
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

  /** What stands in the journal, for whoever only looks. */
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

  /** Takes in what the operator's command has changed, and writes what could not be written. */
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
   * Durable when it returns.
   *
   * @return whether there was room for it
   * @throws IOException the disk refuses it; it is kept in memory
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

  /** The queued one that is due first; one that is due to be resolved goes before all others. */
  Optional<Case> next(Instant now) {
    return cases.values().stream()
        .filter(each -> each.state().isQueued())
        .min(
            Comparator.comparing((Case each) ->
                    each.state() != State.RESOLVING || each.progress().due().isAfter(now))
                .thenComparing(each -> each.progress().due()));
  }

  /** When something was changed in Seerr, from then on; the oldest first. */
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
    notes.put(known.key(), isTold ? known.deed().map(Deed::note).orElse("") : "");
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
