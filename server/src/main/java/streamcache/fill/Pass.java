package streamcache.fill;

import java.nio.ByteBuffer;
import streamcache.fill.AccountState.ConnectionState;
import streamcache.origin.OriginException;
import streamcache.origin.Upstream;

/**
 * A connection of one playback's own while the store takes no bytes; counted like any other. Used
 * and closed by the playback's thread.
 */
public final class Pass implements AutoCloseable {

  private final Account account;
  private final Fill fill;
  private final long id;
  private volatile long position;
  private final Upstream upstream;

  Pass(Account account, Fill fill, long id, Upstream upstream) {
    this.account = account;
    this.fill = fill;
    this.id = id;
    this.upstream = upstream;
    this.position = upstream.start();
  }

  /** Offset of the next byte that {@link #read} brings. */
  public long position() {
    return position;
  }

  /**
   * Reads on; blocks.
   *
   * @return bytes read, -1 at the clean end
   */
  public int read(ByteBuffer buffer) throws OriginException {
    int count = upstream.read(buffer);
    long next = position + Math.max(0, count);
    position = next;
    return count;
  }

  /** Cuts it from any thread. */
  public void abort() {
    upstream.close();
  }

  @Override
  public void close() {
    upstream.close();
    account.ended(this);
  }

  Fill fill() {
    return fill;
  }

  /** It serves nobody else, hence an empty stretch. */
  ConnectionState state() {
    return new ConnectionState(id, position, position, /* closing= */ false);
  }
}
