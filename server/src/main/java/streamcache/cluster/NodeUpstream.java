package streamcache.cluster;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import streamcache.origin.Facts;
import streamcache.origin.Upstream;

/** Stored bytes that another node sends. Read by one thread; any thread may close. */
final class NodeUpstream implements Upstream {

  private final RelayCall call;
  private final RelayCalls calls;
  private final Facts facts;
  private final RelayHead.Part part;
  private final Runnable onSilence;
  private final byte[] bytes = new byte[MOST_A_READ];
  private boolean isSpent;

  /**
   * @param part the bytes that follow
   * @param onSilence runs if they do not all come although nobody has closed this
   */
  NodeUpstream(
      RelayCall call, RelayCalls calls, Facts facts, RelayHead.Part part, Runnable onSilence) {
    this.call = call;
    this.calls = calls;
    this.facts = facts;
    this.part = part;
    this.onSilence = onSilence;
  }

  @Override
  public Facts facts() {
    return facts;
  }

  @Override
  public long start() {
    return part.start();
  }

  @Override
  public OptionalLong length() {
    return OptionalLong.of(part.end() - part.start());
  }

  /** A body that breaks off ends there: the provider, or another node, is asked for the rest. */
  @Override
  public int read(ByteBuffer buffer) {
    try {
      int count = call.read(bytes, Math.min(bytes.length, buffer.remaining()));
      isSpent = count < 0;
      if (count > 0) {
        buffer.put(bytes, 0, count);
        calls.copied(count);
      }
      return count;
    } catch (IOException _) {
      if (!call.isClosed()) {
        onSilence.run();
      }
      return -1;
    }
  }

  @Override
  public boolean isSpent() {
    return isSpent;
  }

  @Override
  public void close() {
    calls.end(call);
    call.close();
  }
}
