package streamcache.settings;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is imported from providers, and how.
 *
 * @param every how often the server imports the blocks; empty for never
 * @param pause between two requests of an import
 * @param blocks may be empty
 */
public record ImportSettings(Optional<Duration> every, Duration pause, List<ImportBlock> blocks) {

  /** Nothing is imported by the server. */
  public static final ImportSettings NONE =
      new ImportSettings(Optional.empty(), SettingsTable.IMPORT_PAUSE.usual(), List.of());

  public ImportSettings {
    blocks = List.copyOf(blocks);
  }

  /** A block without IMPORT_EVERY, or the reverse, causes a warning. */
  static ImportSettings read(Sources sources) {
    Optional<Duration> every = sources.read(SettingsTable.IMPORT_EVERY);
    List<ImportBlock> blocks = sources.imports();
    if (every.isPresent() && blocks.isEmpty()) {
      sources
          .warnings()
          .add("IMPORT_EVERY has no effect without an [import NAME] block in streamcache.conf.");
    }
    if (every.isEmpty() && !blocks.isEmpty()) {
      sources.warnings().add(blocks.getFirst() + " has no effect without IMPORT_EVERY.");
    }
    return new ImportSettings(every, sources.value(SettingsTable.IMPORT_PAUSE), blocks);
  }
}
