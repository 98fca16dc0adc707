package streamcache.playback;

/** Hears of every playback; called on the playback's thread, must not block. */
public interface PlaybackListener {
  void started();

  void ended(PlaybackRecord playback);
}
