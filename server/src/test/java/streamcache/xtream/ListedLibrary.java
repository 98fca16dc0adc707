package streamcache.xtream;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import streamcache.catalog.CatalogEntry;
import streamcache.catalog.Library;
import streamcache.catalog.LibrarySummary;

/** Remembers the entries of one import, for tests of what is read. */
final class ListedLibrary implements Library {

  private final Map<String, CatalogEntry> entries = new LinkedHashMap<>();
  private Optional<Boolean> complete = Optional.empty();

  List<CatalogEntry> entries() {
    return List.copyOf(entries.values());
  }

  /** Whether the import was said to be complete; empty while it has not ended. */
  Optional<Boolean> complete() {
    return complete;
  }

  @Override
  public void write(CatalogEntry entry) {
    entries.put(entry.sourceId(), entry);
  }

  @Override
  public LibrarySummary finish(boolean isComplete) {
    complete = Optional.of(isComplete);
    return new LibrarySummary(entries.size(), 0, 0, 0, 0, 0);
  }

  @Override
  public void close() {}
}
