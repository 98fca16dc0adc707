package streamcache.store;

import java.util.Optional;

/**
 * What became of the wish to keep a title's file, or no longer.
 *
 * @param file the path of the file in the cache folder; empty unless it is kept there now
 */
public record KeepAnswer(KeepOutcome outcome, Optional<String> file) {

  static KeepAnswer of(KeepOutcome outcome) {
    return new KeepAnswer(outcome, Optional.empty());
  }
}
