package streamcache.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * Which Seerr to ask to replace titles that fail permanently, and when.
 *
 * @param url of Seerr, Jellyseerr or Overseerr
 * @param user the user to act as; empty: the owner of the key
 * @param dryRun whether to only look, and to record what would have been sent
 * @param afterFailures how many failures count as permanent, unless the provider itself says so
 * @param within the longest time between the first and the last of them
 * @param maxPerHour the maximum of issues, comments and requests in any hour
 * @param strmFolders where the {@code .strm} files of the library are; may be empty
 * @param asksProvider whether panels are asked which film a link of theirs stands for
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
