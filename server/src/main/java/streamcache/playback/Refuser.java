package streamcache.playback;

/** Tells the client why a playback has not begun; called on the playback's thread, may block. */
@FunctionalInterface
public interface Refuser {
  void answer(Exchange exchange, Ended.Unanswered why) throws ClientGone, Unreadable;
}
