package streamcache.outbox;

/**
 * What became of something that was to be told.
 *
 * @param outbox whose, such as {@code seerr}
 * @param id of the entry; empty when it is about the outbox itself
 * @param about the title or the event; free of secrets
 * @param words what happened, in a sentence without its full stop; free of secrets
 */
public record News(String outbox, Kind kind, String id, String about, String words) {

  /** What kind of news it is. */
  public enum Kind {
    /** It is to be told, and that survives a kill. */
    QUEUED,
    /** It was told. */
    DONE,
    /** It would have been told if this were no dry run. */
    WOULD,
    /** It is tried again later. */
    LATER,
    /** It will not be told. */
    REFUSED,
    /** Nothing can be told at present; said once. */
    TROUBLE,
    /** The other side listens: at the start, and after trouble. */
    WELL
  }
}
