package streamcache.schedule;

/** The current state of a pass. Read at any time; never blocks. */
public interface ObservedPass {

  /** Whether its player has taken nothing for a while: it is paused, or has enough. */
  boolean isIdle(long now);
}
