package streamcache.schedule;

/** A client's time with a title. Read at any time by an account's machine; never blocks. */
public interface ObservedVisit {

  /** Whether the visit makes the title worth completing. */
  boolean isViewing();

  /** Whether it ended as part of a library scan. */
  boolean isDismissed();
}
