package streamcache.seerr;

import java.time.Instant;
import java.util.Optional;

/**
 * What stands in Seerr about a title.
 *
 * @param number of the issue or request there; 0 when it is not known
 * @param posted when we last changed something there; empty: somebody else did it
 */
record Deed(Kind kind, long number, Optional<Instant> posted) {

  /** In which list of Seerr it stands. */
  enum Kind {
    REPORTED,
    REQUESTED
  }

  /** What viewers read. */
  String note() {
    return switch (kind) {
      case REPORTED -> "Reported in Seerr";
      case REQUESTED -> "Requested in Seerr";
    };
  }
}
