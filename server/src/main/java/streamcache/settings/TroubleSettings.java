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
public record TroubleSettings(ErrorVideo errorVideo, Optional<Path> errorVideoFile) {

  /** Who gets a video. */
  public enum ErrorVideo {
    /** Nobody: all clients get the error status. */
    OFF,
    /** Players that people watch with. */
    PLAYERS,
    /** Media servers and their tools as well. */
    ALL
  }
}
