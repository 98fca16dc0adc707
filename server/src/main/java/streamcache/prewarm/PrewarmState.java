package streamcache.prewarm;

import java.util.Locale;

/** How far a title is. */
public enum PrewarmState {
  /** Another title of its account comes first. */
  QUEUED,
  /** It is fetched as soon as players, hours and quota leave a connection to it. */
  RUNNING,
  /** What was wanted is stored. */
  DONE,
  FAILED,
  CANCELLED;

  /** The name in the API; stable. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public boolean isOver() {
    return switch (this) {
      case QUEUED, RUNNING -> false;
      case DONE, FAILED, CANCELLED -> true;
    };
  }
}
