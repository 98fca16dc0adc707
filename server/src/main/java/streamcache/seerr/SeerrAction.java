package streamcache.seerr;

import java.time.Instant;
import java.util.Optional;

/**
 * What Seerr holds about a title.
 *
 * @param number the number of the issue or request there; 0 if unknown
 * @param posted when this server last changed something there; empty if somebody else did it
 */
record SeerrAction(Kind kind, long number, Optional<Instant> posted) {

  /** Whether it is an issue or a request. */
  enum Kind {
    REPORTED,
    REQUESTED
  }

  /** The note for viewers. */
  String note() {
    return switch (kind) {
      case REPORTED -> "Reported in Seerr";
      case REQUESTED -> "Requested in Seerr";
    };
  }
}
