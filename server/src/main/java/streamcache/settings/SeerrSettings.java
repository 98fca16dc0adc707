package streamcache.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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

  /** A URL or a key alone enables nothing and causes a warning; films play all the same. */
  static Optional<SeerrSettings> read(Sources sources) {
    Optional<Endpoint> url = sources.read(SettingsTable.SEERR_URL);
    Optional<SecretText> key = sources.read(SettingsTable.SEERR_API_KEY);
    OptionalInt user = sources.number(SettingsTable.SEERR_USER);
    boolean dryRun = sources.value(SettingsTable.SEERR_DRY_RUN);
    int afterFailures = sources.value(SettingsTable.SEERR_AFTER_FAILURES);
    Duration within = sources.value(SettingsTable.SEERR_WITHIN);
    int maxPerHour = sources.value(SettingsTable.SEERR_MAX_PER_HOUR);
    List<Path> folders = sources.read(SettingsTable.STRM_DIRS).orElse(List.of());
    boolean asksProvider = sources.value(SettingsTable.SEERR_ASK_PROVIDER);
    var _ = sources.isHalf(SettingsTable.STRM_DIRS, SettingsTable.SEERR_URL);
    if (sources.isHalf(SettingsTable.SEERR_URL, SettingsTable.SEERR_API_KEY)
        || sources.isHalf(SettingsTable.SEERR_API_KEY, SettingsTable.SEERR_URL)) {
      return Optional.empty();
    }
    return url.flatMap(where ->
        key.map(secret ->
            new SeerrSettings(
                where,
                secret,
                user,
                dryRun,
                afterFailures,
                within,
                maxPerHour,
                folders,
                asksProvider)));
  }
}
