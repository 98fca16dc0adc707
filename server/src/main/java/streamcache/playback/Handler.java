package streamcache.playback;

/**
 * Answers one exchange. Called on a virtual thread of its own; the caller ends the exchange with an
 * error answer or an abort when this throws.
 */
@FunctionalInterface
public interface Handler {
  void handle(Exchange exchange) throws ClientGone;
}
