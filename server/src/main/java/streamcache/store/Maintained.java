package streamcache.store;

import java.io.IOException;
import streamcache.link.TitleKey;

/** What the {@link MaintenanceThreads} do for one generation. */
interface Maintained {

  TitleKey key();

  /** The bytes that a power cut would lose. */
  RangeTracker.Debt debt();

  /**
   * Appends what writers have not journaled to the sidecar. On the clock thread.
   *
   * @throws IOException if that fails; to be called again
   */
  void journal() throws IOException;

  /** Makes everything written before the call durable. On the keeper thread; waits for the disk. */
  void checkpoint();
}
