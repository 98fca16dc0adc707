package streamcache.playback;

import java.util.Optional;

/**
 * Handles one exchange. Called on a virtual thread of its own; when this throws, the caller ends
 * the exchange with an error response or an abort.
 */
@FunctionalInterface
public interface Handler {
  void handle(Exchange exchange) throws ClientGone, Unreadable;

  /**
   * Returns a response that can be sent at once, if there is one: {@link #handle} is then not
   * called, unless the file of the response turns out to be unreadable. Called on an event loop,
   * must not block.
   */
  default Optional<Ready> ready(Request request) {
    return Optional.empty();
  }
}
