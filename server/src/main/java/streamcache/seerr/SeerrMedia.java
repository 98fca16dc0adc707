package streamcache.seerr;

import java.util.List;
import java.util.OptionalLong;

/**
 * How a work stands in Seerr.
 *
 * @param id by which Seerr's issues name it; empty when it knows nothing of it
 * @param status as Seerr counts: 1 unknown, 2 pending, 3 processing, 4 partly and 5 wholly
 *     available, 6 blocklisted, 7 deleted
 * @param openIssues numbers
 */
record SeerrMedia(OptionalLong id, int status, List<Long> openIssues) {

  static final int UNKNOWN = 1;
  static final int PENDING = 2;
  static final int PROCESSING = 3;
  static final int PARTLY_AVAILABLE = 4;
  static final int AVAILABLE = 5;
  static final int BLOCKLISTED = 6;
  static final int DELETED = 7;

  SeerrMedia {
    openIssues = List.copyOf(openIssues);
  }
}
