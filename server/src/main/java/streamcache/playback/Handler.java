package streamcache.playback;

import java.util.Optional;

/**
 * Handles exchanges. The caller lets it {@link #judge} each request once, on an event loop; what
 * that returns serves this one request, at once or on a thread.
 */
@FunctionalInterface
public interface Handler {

  /**
   * Responds. Called on a virtual thread of its own; when this throws, the caller ends the exchange
   * with an error response or an abort.
   */
  void handle(Exchange exchange) throws ClientGone, Unreadable;

  /**
   * Returns the handler of this request. Called on an event loop; must not block. A handler that
   * treats all requests alike returns itself.
   */
  default Handler judge(Request request) {
    return this;
  }

  /**
   * Whether requests for this target may have a body and any method. All others are refused before
   * they are judged unless they are a GET or HEAD without a body. Called on an event loop; must not
   * block.
   *
   * @param target as in a {@link Request}
   */
  default boolean takesBody(String target) {
    return false;
  }

  /**
   * Returns a response that can be sent at once, if there is one: {@link #handle} is then not
   * called, unless the file of the response turns out to be unreadable. Called on an event loop, on
   * what {@link #judge} returned; must not block.
   */
  default Optional<Ready> ready() {
    return Optional.empty();
  }
}
