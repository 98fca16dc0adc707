package streamcache.playback;

import java.util.Optional;

/**
 * Answers one exchange. Called on a virtual thread of its own; the caller ends the exchange with an
 * error answer or an abort when this throws.
 */
@FunctionalInterface
public interface Handler {
  void handle(Exchange exchange) throws ClientGone, Unreadable;

  /**
   * The answer that can be given at once, if there is one: then {@link #handle} is not called.
   * Called on an event loop, must not block.
   */
  default Optional<Ready> ready(Request request) {
    return Optional.empty();
  }
}
