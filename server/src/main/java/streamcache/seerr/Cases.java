package streamcache.seerr;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import streamcache.durable.Journal;
import streamcache.link.TitleKey;
import streamcache.outbox.Entries;

/**
 * All cases, in memory and in their journal. Changed by one thread, which blocks for disk I/O; the
 * notes for viewers are read from any thread. A change that cannot be written to the disk is kept
 * in memory and written later.
 */
final class Cases {

  /** A thousand dead titles mean a dead provider; more cases would say nothing new. */
  static final int MOST = 2000;

  private static final Entries.Codec<Case> CODEC =
      new Entries.Codec<>() {
        @Override
        public String write(Case entry) {
          return CaseText.write(entry);
        }

        @Override
        public Optional<Case> read(String text) {
          return CaseText.read(text);
        }
      };

  private final Entries<Case> entries;

  /** The notes for viewers by title; empty if there is nothing to say, absent without a case. */
  private final ConcurrentMap<String, String> notes = new ConcurrentHashMap<>();

  private Cases(Entries<Case> entries) {
    this.entries = entries;
  }

  static Cases open(Path file) throws IOException {
    Cases cases = new Cases(Entries.open(file, CODEC));
    cases.entries.all().forEach(known -> cases.updateNote(known.key()));
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
    return entries.of(key.value());
  }

  /**
   * Reads what the command of the operator has changed, and writes what could not be written
   * before.
   */
  void refresh() throws IOException {
    entries.refresh().forEach(this::updateNote);
    entries.saveRest();
  }

  /**
   * The change is durable when this method returns.
   *
   * @return whether there was room for it
   * @throws IOException if the disk refuses the change; it is kept in memory
   */
  boolean put(Case changed) throws IOException {
    if (entries.of(changed.key()).isEmpty() && entries.size() >= MOST && !forgetOldest()) {
      return false;
    }
    try {
      entries.put(changed.key(), changed);
    } finally {
      updateNote(changed.key());
    }
    return true;
  }

  void forget(Case over) throws IOException {
    notes.remove(over.key());
    entries.remove(over.key());
  }

  /** The queued case that is due first; one that is due to be resolved precedes all others. */
  Optional<Case> next(Instant now) {
    return entries.all().stream()
        .filter(each -> each.state().isQueued())
        .min(
            Comparator.comparing((Case each) ->
                    each.state() != State.RESOLVING || each.progress().due().isAfter(now))
                .thenComparing(each -> each.progress().due()));
  }

  /** The times after {@code from} at which this server changed something in Seerr, oldest first. */
  List<Instant> postedSince(Instant from) {
    return entries.all().stream()
        .map(Case::posted)
        .flatMap(Optional::stream)
        .filter(posted -> posted.isAfter(from))
        .sorted()
        .toList();
  }

  private void updateNote(String key) {
    Optional<Case> known = entries.of(key);
    known.ifPresentOrElse(present -> notes.put(key, note(present)), () -> notes.remove(key));
  }

  private static String note(Case known) {
    boolean isShown = known.state() != State.CLOSED && known.state() != State.RESOLVING;
    return isShown ? known.deed().map(SeerrAction::note).orElse("") : "";
  }

  private boolean forgetOldest() throws IOException {
    Optional<Case> oldest =
        entries.all().stream()
            .filter(each -> !each.state().isQueued())
            .min(Comparator.comparing(each -> each.progress().changed()));
    if (oldest.isPresent()) {
      forget(oldest.get());
    }
    return oldest.isPresent();
  }
}
