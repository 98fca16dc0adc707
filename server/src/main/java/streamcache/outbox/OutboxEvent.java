package streamcache.outbox;

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
    DONE,
    /** The entry would have been delivered without dry-run mode. */
    WOULD,
    /** The entry will be retried later. */
    LATER,
    /** The entry will not be delivered. */
    REFUSED,
    /** Nothing can be delivered at present; reported once. */
    TROUBLE,
    /** The other program is reachable: at the start, and after trouble. */
    WELL
  }
}
