package streamcache.schedule;

import java.util.OptionalLong;
import streamcache.range.RangeSet;

/** What is currently stored of a title. Read at any time by its account's machine; never blocks. */
public interface ObservedTitle {

  /** Whether anything is known about the file. */
  boolean isKnown();

  /** Length of the whole file in bytes; empty while unknown. */
  OptionalLong total();

  RangeSet present();

  /**
   * Whether it is a broadcast: nothing of it is kept, each connection continues it from now on, and
   * {@link #present} is all that has arrived.
   */
  default boolean isBroadcast() {
    return false;
  }
}
