package streamcache.catalog;

import java.util.Locale;

/**
 * Which entry each path of a library belongs to, and which paths this import has mentioned. Holds
 * 16 bytes a path at a load of one half. Paths that differ only in upper and lower case are the
 * same, as on the file systems of Windows and macOS. One thread.
 */
final class PathTable {

  private static final int FEWEST_SLOTS = 1 << 10;
  private static final long SEEN = 1;

  /** Zero is a free slot. */
  private long[] paths = new long[FEWEST_SLOTS];

  /** The fingerprint of the owner; its last bit tells whether the path was seen. */
  private long[] owners = new long[FEWEST_SLOTS];

  private int size;
  private int seen;

  /** The fingerprint of the entry that the path belongs to; 0 if to none. */
  long owner(String path) {
    return owners[slot(key(path))] & ~SEEN;
  }

  boolean isSeen(String path) {
    return (owners[slot(key(path))] & SEEN) != 0;
  }

  /** Gives the path an owner if it has none. */
  void own(String path, long owner) {
    long key = key(path);
    int slot = slot(key);
    if (paths[slot] == 0) {
      paths[slot] = key;
      owners[slot] = owner;
      size++;
      if (size > paths.length / 2) {
        grow();
      }
    }
  }

  /** Marks a path that has an owner. */
  void see(String path) {
    int slot = slot(key(path));
    seen += (owners[slot] & SEEN) == 0 ? 1 : 0;
    owners[slot] |= SEEN;
  }

  int size() {
    return size;
  }

  /** How many paths were not seen. */
  int unseen() {
    return size - seen;
  }

  private static long key(String path) {
    return Fingerprint.of(path.toLowerCase(Locale.ROOT));
  }

  private int slot(long key) {
    int slot = (int) (key >>> 32) & (paths.length - 1);
    while (paths[slot] != 0 && paths[slot] != key) {
      slot = (slot + 1) & (paths.length - 1);
    }
    return slot;
  }

  private void grow() {
    long[] oldPaths = paths;
    long[] oldOwners = owners;
    paths = new long[2 * oldPaths.length];
    owners = new long[paths.length];
    for (int at = 0; at < oldPaths.length; at++) {
      if (oldPaths[at] != 0) {
        int slot = slot(oldPaths[at]);
        paths[slot] = oldPaths[at];
        owners[slot] = oldOwners[at];
      }
    }
  }
}
