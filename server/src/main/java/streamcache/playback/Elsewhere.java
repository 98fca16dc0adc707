package streamcache.playback;

import streamcache.link.Link;
import streamcache.origin.Failure;

/** Plays the titles that another node of the cluster fetches. */
public interface Elsewhere {

  /** What became of a request. */
  sealed interface Outcome {

    /** It was answered, or its player has left. */
    record Answered() implements Outcome {}

    /** Nothing was sent: this node is to play the title. */
    record Here() implements Outcome {}

    /** Nothing was sent, and no node can play the title now. */
    record Refused(Failure failure) implements Outcome {}
  }

  /** Of a server that is alone. */
  Elsewhere NOWHERE =
      new Elsewhere() {
        @Override
        public boolean concerns(Link link) {
          return false;
        }

        @Override
        public Outcome play(Exchange exchange, Asked asked) {
          return new Outcome.Here();
        }
      };

  /** Whether another node may be the one that fetches the title. Does not block. */
  boolean concerns(Link link);

  /** Answers a GET or HEAD; blocks its virtual thread until the player has everything or left. */
  Outcome play(Exchange exchange, Asked asked);
}
