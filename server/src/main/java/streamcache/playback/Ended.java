package streamcache.playback;

import streamcache.origin.Failure;

/** How a playback ended. */
public sealed interface Ended {

  /** The player has received all it asked for. */
  record Done() implements Ended {}

  /** The player left early, as players do on every seek. */
  record PlayerLeft() implements Ended {}

  /** The response was cut because it could not be completed; {@code reason} contains no secrets. */
  record Cut(String reason) implements Ended {}

  /** Nothing has been sent yet: the {@link Refuser} responds. */
  sealed interface Unanswered extends Ended {}

  /** The title cannot be played. */
  record Refused(Failure failure) implements Unanswered {}

  /** Nothing is known of the title, and the client may begin no more titles. */
  record NotBegun() implements Unanswered {}
}
