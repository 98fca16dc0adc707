package streamcache.store;

/**
 * Room under the limit. A writer asks before it writes and, at the limit, waits a while for the
 * janitor; each connection may be past it by one write buffer.
 */
final class Room {
  private final long maxBytes;
  private final Accounts accounts;

  Room(long maxBytes, Accounts accounts) {
    this.maxBytes = maxBytes;
    this.accounts = accounts;
  }

  long maxBytes() {
    return maxBytes;
  }

  /**
   * @throws StoreException FULL when no room came free in time; said of this write only
   */
  void ensure(long bytes) throws StoreException {
    if (accounts.used() + bytes > maxBytes) {
      throw new StoreException(
          StoreException.Cause.FULL,
          "The cache is at its limit and nothing in it may be given up just now.",
          null);
    }
  }
}
