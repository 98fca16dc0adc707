package streamcache.playback;

import streamcache.origin.Failure;

/** How a playback came to its end. */
public sealed interface Ended {

  /** The player has all it asked for. */
  record Done() implements Ended {}

  /** The player left before that, as players do on every seek. */
  record PlayerLeft() implements Ended {}

  /** The answer was cut since it could not be kept; {@code reason} is free of secrets. */
  record Cut(String reason) implements Ended {}

  /** Nothing was answered yet: the caller answers with the cause. */
  record Refused(Failure failure) implements Ended {}

  /** Nothing was answered yet: nothing is known of the title, and the asker may begin no more. */
  record NotBegun() implements Ended {}
}
