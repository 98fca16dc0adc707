package streamcache.playback;

/**
 * Receives an event for every playback; called on the playback's thread or, for a {@link Ready}
 * response, on an event loop. Must not block.
 */
public interface PlaybackListener {
  void started();

  void ended(PlaybackRecord playback);

  /**
   * An error response for a playback that ended {@link Ended.Unanswered} begins. Called after
   * {@link #ended}.
   *
   * @param playback with the status that was sent; 0 when the client left before
   */
  default void refused(PlaybackRecord playback) {}
}
