package streamcache.seerr;

import java.util.List;
import java.util.OptionalLong;

/**
 * The state of a work in Seerr.
 *
 * @param id identifies the work in issues of Seerr; empty if Seerr has no record of it
 * @param status as Seerr defines it: 1 unknown, 2 pending, 3 processing, 4 partly and 5 wholly
 *     available, 6 blocklisted, 7 deleted
 * @param openIssues the numbers of its open issues
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
