package streamcache.settings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What viewers see if a title cannot be played.
 *
 * @param errorVideo who gets a video that says why, instead of an error status
 * @param errorVideoFile a video of the operator to show instead; empty: the clip that names the
 *     cause
 */
public record TroubleSettings(ErrorVideoPolicy errorVideo, Optional<Path> errorVideoFile) {

  static TroubleSettings read(Sources sources) {
    return new TroubleSettings(
        sources.value(SettingsTable.ERROR_VIDEO), sources.read(SettingsTable.ERROR_VIDEO_FILE));
  }
}
