package streamcache.outbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import streamcache.durable.Journal;

/**
 * The entries of an outbox by id, in memory and in its journal. A change that the disk refuses is
 * kept in memory and written later. Used by one thread, which blocks for disk I/O.
 *
 * @param <T> an entry
 */
public final class Entries<T> {

  /** How an entry is written: as one line. */
  public interface Codec<T> {

    String write(T entry);

    /** Empty if the text cannot be read; only this entry is lost. */
    Optional<T> read(String text);
  }

  private final Journal journal;
  private final Codec<T> codec;
  private final SequencedMap<String, T> entries = new LinkedHashMap<>();
  private final Set<String> unsaved = new LinkedHashSet<>();

  private Entries(Journal journal, Codec<T> codec) {
    this.journal = journal;
    this.codec = codec;
  }

  public static <T> Entries<T> open(Path file, Codec<T> codec) throws IOException {
    Entries<T> opened = new Entries<>(Journal.open(file), codec);
    opened.journal.entries().keySet().forEach(opened::load);
    return opened;
  }

  public Optional<T> of(String id) {
    return Optional.ofNullable(entries.get(id));
  }

  /** All entries, in the order in which their ids first appeared. A view. */
  public Collection<T> all() {
    return Collections.unmodifiableCollection(entries.values());
  }

  public int size() {
    return entries.size();
  }

  /** Whether all changes are in the journal. */
  public boolean isSaved() {
    return unsaved.isEmpty();
  }

  /**
   * The change is durable when this method returns.
   *
   * @throws IOException if the disk refuses the change; it is kept in memory
   */
  public void put(String id, T entry) throws IOException {
    entries.put(id, entry);
    save(id);
  }

  /** As {@link #put}. */
  public void remove(String id) throws IOException {
    entries.remove(id);
    save(id);
  }

  /**
   * Reads what another process has changed in the journal.
   *
   * @return the ids that it changed
   */
  public Set<String> refresh() throws IOException {
    Set<String> changed = journal.refresh();
    unsaved.removeAll(changed);
    changed.forEach(this::load);
    return changed;
  }

  /** Writes the changes that could not be written before. */
  public void saveRest() throws IOException {
    for (String id : Set.copyOf(unsaved)) {
      save(id);
    }
  }

  private void load(String id) {
    Optional<T> found = Optional.ofNullable(journal.entries().get(id)).flatMap(codec::read);
    found.ifPresentOrElse(entry -> entries.put(id, entry), () -> entries.remove(id));
  }

  private void save(String id) throws IOException {
    unsaved.add(id);
    T known = entries.get(id);
    if (known == null) {
      journal.remove(id);
    } else {
      journal.put(id, codec.write(known));
    }
    unsaved.remove(id);
  }
}
