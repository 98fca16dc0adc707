package streamcache.durable;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * A small persistent map from ids to texts: an entry is on the disk when {@link #put} returns, and
 * survives a kill and a power cut. Methods that access the file block for disk I/O. Used by one
 * thread at a time; another process, such as a command of the operator, may change the same file
 * between two calls.
 *
 * <pre>
 * streamcache-outbox 1 6f1c..      format, and a name that every rewrite changes
 * 1a2b3c4d k4vtq2 {"name":..}      CRC32C of the rest, id, text: the last line of an id counts
 * 5e6f7a8b k4vtq2                  no text: the id is removed
 * </pre>
 *
 * <p>A line is appended and synced. A kill can tear only the last line, and the next writer cuts it
 * off. When most lines are obsolete, the file is rewritten beside itself and renamed.
 */
public final class Journal {

  /** How many obsolete lines are tolerated, in addition to as many as there are entries. */
  private static final int SPARE_LINES = 200;

  private final JournalFile file;
  private final SequencedMap<String, String> entries = new LinkedHashMap<>();

  /** Ids that another process has changed and that {@link #refresh} has not returned yet. */
  private final Set<String> foreign = new LinkedHashSet<>();

  private String name = "";
  private long position;
  private int lines;

  private Journal(Disk disk, Path path) {
    this.file = new JournalFile(disk, path);
  }

  /**
   * Opens the journal, or creates an empty one and its folder.
   *
   * @throws IOException if it cannot be read or written, or has a newer version
   */
  public static Journal open(Path path) throws IOException {
    return open(Disk.system(), path);
  }

  static Journal open(Disk disk, Path path) throws IOException {
    Journal journal = new Journal(disk, path);
    Set<String> _ = journal.refresh();
    return journal;
  }

  /**
   * The current content, for a reader that does not write. Needs no write permission and takes no
   * lock.
   *
   * @return empty if there is no journal yet
   */
  public static SequencedMap<String, String> read(Path path) throws IOException {
    Journal journal = new Journal(Disk.system(), path);
    try {
      journal.take(Files.readAllBytes(path), /* from= */ 0);
    } catch (NoSuchFileException _) {
      return new LinkedHashMap<>();
    }
    return journal.entries;
  }

  /** All entries, in the order in which their ids first appeared. A view. */
  public SequencedMap<String, String> entries() {
    return Collections.unmodifiableSequencedMap(entries);
  }

  /**
   * Stores a text under an id, and replaces an older one.
   *
   * @param id contains no blanks
   * @param text one line
   * @throws IOException if the text is not stored; the old text still is
   */
  public void put(String id, String text) throws IOException {
    if (id.isEmpty() || id.contains(" ") || (id + text).contains("\n")) {
      throw new IllegalArgumentException("an id contains no space, a text is one line");
    }
    append(id, Optional.of(text));
  }

  public void remove(String id) throws IOException {
    append(id, Optional.empty());
  }

  /**
   * Reads what another process has written.
   *
   * @return the ids that it changed since the last call
   */
  public Set<String> refresh() throws IOException {
    file.locked(this::takeNew);
    Set<String> changed = Set.copyOf(foreign);
    foreign.clear();
    return changed;
  }

  private void append(String id, Optional<String> text) throws IOException {
    file.locked(() -> {
      takeNew();
      byte[] line = JournalLine.of(id, text);
      file.append(position, line);
      position += line.length;
      apply(id, text);
    });
  }

  /** Called with the file lock held, so a torn line at the end is not one still being written. */
  private void takeNew() throws IOException {
    Optional<String> found = file.name();
    if (found.isEmpty()) {
      rewrite();
      return;
    }
    if (!found.get().equals(name)) {
      position = 0;
      lines = 0;
      foreign.addAll(entries.keySet());
      entries.clear();
    }
    take(file.readFrom(position), position);
    file.cutAt(position);
    if (lines > 2 * entries.size() + SPARE_LINES) {
      rewrite();
    }
  }

  private void take(byte[] bytes, long from) throws IOException {
    int start = 0;
    for (int at = 0; at < bytes.length; at++) {
      if (bytes[at] != '\n') {
        continue;
      }
      String line = new String(bytes, start, at - start, UTF_8);
      if (from + start == 0) {
        name = JournalFile.nameIn(line).orElseThrow(file::notOurs);
      } else {
        JournalLine.parse(line).ifPresent(this::takeLine);
      }
      start = at + 1;
    }
    position = from + start;
  }

  private void takeLine(JournalLine line) {
    apply(line.id(), line.text());
    foreign.add(line.id());
  }

  private void apply(String id, Optional<String> text) {
    lines++;
    text.ifPresentOrElse(present -> entries.put(id, present), () -> entries.remove(id));
  }

  private void rewrite() throws IOException {
    name = JournalFile.freshName();
    position = file.replace(name, entries);
    lines = entries.size();
  }
}
