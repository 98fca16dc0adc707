package streamcache.outbox;

import java.util.Locale;
import streamcache.event.Event;

/**
 * What became of an entry of an outbox.
 *
 * @param outbox which outbox, such as {@code seerr}
 * @param id the id of the entry; empty if the event is about the outbox itself
 * @param about the title or the event; free of secrets
 * @param words what happened, as a sentence without its full stop; free of secrets
 */
public record OutboxEvent(String outbox, Kind kind, String id, String about, String words)
    implements Event {

  /** The kind of event. */
  public enum Kind {
    /** The entry is queued, and survives a kill. */
    QUEUED,
    /** The entry was delivered. */
    DELIVERED,
    /** The entry would have been delivered without dry-run mode. */
    DRY_RUN,
    /** The entry will be retried later. */
    DEFERRED,
    /** The entry will not be delivered. */
    REFUSED,
    /** Nothing can be delivered at present; reported once. */
    UNAVAILABLE,
    /** The other program is reachable: at the start, and after it was not. */
    AVAILABLE;

    /** The name in logs and metrics, such as {@code dry-run}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
