package streamcache.store;

import streamcache.link.TitleKey;
import streamcache.settings.StoreSettings;

/**
 * All bytes on disk. One instance a process, one process a folder.
 *
 * <p><b>Terminology.</b> A <em>title</em> is one thing to play, named by its key. A
 * <em>generation</em> is one version of its bytes; bytes of two generations never mix. The
 * <em>range set</em> of a generation says which bytes are present; a <em>hole</em> is what is
 * missing. A <em>reader</em> is a playback's hold on a generation: nothing at or ahead of its
 * position is given up while it is open.
 */
public final class Store implements AutoCloseable {

  private Store() {}

  /**
   * Opens the folder, making it if need be. Blocks on the disk.
   *
   * @throws StoreException IN_USE, TOO_NEW, UNUSABLE, each with a sentence for the operator
   */
  public static Store open(StoreSettings settings, StoreListener listener) throws StoreException {
    throw new UnsupportedOperationException();
  }

  /**
   * The title of that key, read from its sidecar at first use; each call is paired with one {@link
   * Title#close}. Safe on a virtual thread: disk work is done on threads of the store. Never fails:
   * what cannot be read is a hole.
   */
  public Title title(TitleKey key) {
    throw new UnsupportedOperationException();
  }

  public StoreUsage usage() {
    throw new UnsupportedOperationException();
  }

  /** Checkpoints every title and gives the folder free. */
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
