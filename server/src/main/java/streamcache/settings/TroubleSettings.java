package streamcache.settings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What viewers are shown when a title cannot be played.
 *
 * @param errorVideo who gets a video that says why, in place of the honest status
 * @param errorVideoFile a video of one's own to be shown instead; empty: the clip that names the
 *     cause
 */
public record TroubleSettings(ErrorVideo errorVideo, Optional<Path> errorVideoFile) {

  /** Who gets a video. */
  public enum ErrorVideo {
    /** Nobody: everybody gets the honest status. */
    OFF,
    /** Players that people watch with. */
    PLAYERS,
    /** Media servers and their tools as well. */
    ALL
  }
}
