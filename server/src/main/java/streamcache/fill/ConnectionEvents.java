package streamcache.fill;

import java.time.Duration;
import streamcache.link.AccountId;
import streamcache.schedule.Effect;

/**
 * Tells the listeners of one connection. Used by its thread, or by that which could not start it.
 */
final class ConnectionEvents {

  private final Effect.Open open;
  private final String request;
  private final Yield brought;
  private boolean isOpened;

  /**
   * @param request the id of the player's request that caused it; empty if nobody waits
   */
  ConnectionEvents(Effect.Open open, String request, Yield brought) {
    this.open = open;
    this.request = request;
    this.brought = brought;
  }

  /** Its first bytes have arrived; a copy from another node is reported at its end. */
  void opened(AccountId account, Duration firstByte, Surroundings around) {
    if (!brought.isCopy()) {
      isOpened = true;
      around.publish(
          new FillEvent.ConnectionOpened(
              open.title(), account, open.range().start(), open.purpose(), firstByte, request));
    }
  }

  /** It has ended. */
  void closed(AccountId account, Ending ending, Surroundings around) {
    around.publish(
        brought.isCopy()
            ? new FillEvent.TitleCopied(
                open.title(), account, open.range().start(), brought.stored(), request)
            : new FillEvent.ConnectionClosed(
                open.title(),
                account,
                open.range().start(),
                open.purpose(),
                brought.received(),
                brought.stored(),
                brought.wasBroadcast(),
                isOpened,
                ending,
                request));
  }
}
