package streamcache.catalog;

import java.util.EnumSet;
import java.util.Set;

/**
 * Which entries of a catalogue are imported: those that match all three.
 *
 * @param names of films, series and channels
 */
public record Selection(NameGlob groups, NameGlob names, Set<EntryKind> kinds) {

  public static final Selection ALL =
      new Selection(NameGlob.ANY, NameGlob.ANY, EnumSet.allOf(EntryKind.class));

  public Selection {
    kinds = Set.copyOf(kinds);
  }

  public boolean holds(CatalogEntry entry) {
    return kinds.contains(EntryKind.of(entry))
        && groups.matches(entry.group())
        && names.matches(entry.name());
  }
}
