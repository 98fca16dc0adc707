package streamcache.schedule;

import java.util.Locale;

/** What a connection is opened for, as decided when it is. */
public enum FetchPurpose {
  /** Nothing is known of the title yet, and a player wants it. */
  BEGINNING,
  /** A player has no byte to go on with. */
  WAITING_PLAYER,
  /** A player is going to need bytes that no running connection brings in time. */
  PLAYER,
  /** Nobody waits: the rest of a title that was watched. */
  COMPLETION,
  /** Nobody waits: what is to be stored before a player comes. */
  PREWARM;

  /** Whether a player wants what is fetched. */
  public boolean isOfPlayer() {
    return switch (this) {
      case BEGINNING, WAITING_PLAYER, PLAYER -> true;
      case COMPLETION, PREWARM -> false;
    };
  }

  /** The name in logs and in the API; stable. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * What a connection that is opened now is for.
   *
   * @param isPlayed whether players want its title
   * @param isWatched whether it has been watched enough to be completed
   * @param isKnown whether anything is known of the title
   * @param isMissed whether one of the players has no byte to go on with
   */
  static FetchPurpose of(boolean isPlayed, boolean isWatched, boolean isKnown, boolean isMissed) {
    if (!isPlayed) {
      return isWatched ? COMPLETION : PREWARM;
    }
    if (!isKnown) {
      return BEGINNING;
    }
    return isMissed ? WAITING_PLAYER : PLAYER;
  }
}
