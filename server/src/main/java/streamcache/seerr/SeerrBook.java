package streamcache.seerr;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import streamcache.durable.Journal;

/**
 * The cases as the command of the operator sees them. Reads the journal without its lock, and
 * writes to it under its lock, whether or not the server runs; a running server notices within
 * seconds. Blocks for disk I/O.
 */
public final class SeerrBook {

  static final String FILE = "seerr.journal";

  private final Path file;
  private final InstantSource clock;

  /**
   * @param folder holds the journal
   */
  public SeerrBook(Path folder, InstantSource clock) {
    this.file = folder.resolve(FILE);
    this.clock = clock;
  }

  /** All cases, queued ones first, then by the time of the last change, newest first. */
  public List<SeerrEntry> entries() throws IOException {
    return Cases.read(file).stream()
        .map(SeerrEntry::of)
        .sorted(
            Comparator.comparing((SeerrEntry entry) -> !entry.isQueued())
                .thenComparing(SeerrEntry::changed, Comparator.reverseOrder()))
        .toList();
  }

  /** Queues a case again; empty if there is no case with this id. */
  public Optional<SeerrEntry> retry(String id) throws IOException {
    return change(id, known -> CaseRules.retried(known, clock.instant()));
  }

  /** Marks a case so that it is never reported; empty if there is no case with this id. */
  public Optional<SeerrEntry> drop(String id) throws IOException {
    return change(id, known -> CaseRules.dropped(known, clock.instant()));
  }

  private Optional<SeerrEntry> change(String id, UnaryOperator<Case> step) throws IOException {
    Optional<Case> found =
        Cases.read(file).stream().filter(known -> known.id().equals(id)).findFirst();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Case changed = step.apply(found.get());
    Journal.open(file).put(changed.key(), CaseText.write(changed));
    return Optional.of(SeerrEntry.of(changed));
  }
}
