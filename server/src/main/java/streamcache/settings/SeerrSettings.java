package streamcache.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * Whom to ask to mend titles that fail for good, and when.
 *
 * @param url of Seerr, Jellyseerr or Overseerr
 * @param user on whose behalf; empty: the owner of the key
 * @param dryRun whether to look only, and to note what would have been asked
 * @param afterFailures how many failures are for good, unless the provider itself says so
 * @param within how far apart the first and the last of them may be
 * @param maxPerHour most issues, comments and requests in any hour
 * @param strmFolders where the {@code .strm} files of the library are; may be empty
 * @param asksProvider whether panels are asked which film a link of theirs is
 */
public record SeerrSettings(
    Endpoint url,
    SecretText key,
    OptionalInt user,
    boolean dryRun,
    int afterFailures,
    Duration within,
    int maxPerHour,
    List<Path> strmFolders,
    boolean asksProvider) {

  public SeerrSettings {
    strmFolders = List.copyOf(strmFolders);
  }
}
