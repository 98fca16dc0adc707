package streamcache.fill;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Queue;
import streamcache.origin.Facts;
import streamcache.origin.Failure;
import streamcache.origin.OriginException;
import streamcache.origin.Upstream;
import streamcache.testkit.Waiting;
import streamcache.testkit.live.ChannelPacket;

/** A response without a length that brings the packets that a test airs, as they are aired. */
final class OnAir implements Upstream {

  private final Waiting waiting = new Waiting();
  private final Queue<byte[]> aired = new ArrayDeque<>();
  private final OptionalLong length;
  private boolean isReading;
  private boolean isEnded;
  private boolean isClosed;

  OnAir() {
    this(OptionalLong.empty());
  }

  OnAir(OptionalLong length) {
    this.length = length;
  }

  /** Airs a packet, and returns once it was taken. */
  OnAir air(long number) {
    waiting.change(() -> aired.add(ChannelPacket.of(number)));
    waiting.await(() -> isClosed || (aired.isEmpty() && isReading), () -> "not taken");
    return this;
  }

  /** The body ends cleanly; returns once that was noticed. */
  void end() {
    waiting.change(() -> isEnded = true);
    waiting.await(() -> isClosed, () -> "still open");
  }

  boolean isClosed() {
    return waiting.read(() -> isClosed);
  }

  boolean isClosedWithin(Duration time) {
    return waiting.holds(time, () -> isClosed);
  }

  @Override
  public Facts facts() {
    return new Facts(
        length,
        Optional.empty(),
        Optional.empty(),
        Optional.of("video/mp2t"),
        Optional.empty(),
        /* ranges= */ false,
        "provider.example");
  }

  @Override
  public long start() {
    return 0;
  }

  @Override
  public OptionalLong length() {
    return length;
  }

  @Override
  public int read(ByteBuffer buffer) throws OriginException {
    waiting.change(() -> isReading = true);
    waiting.await(
        Duration.ofHours(1), () -> isClosed || isEnded || !aired.isEmpty(), () -> "nothing");
    byte[] packet = waiting.read(this::take);
    if (packet != null) {
      buffer.put(packet);
      return packet.length;
    }
    if (isClosed()) {
      throw new OriginException(new Failure.Broken(OptionalInt.empty(), "closed"));
    }
    return -1;
  }

  /** What it returns has been dealt with when the next read begins. */
  private byte[] take() {
    isReading = aired.isEmpty();
    return aired.poll();
  }

  @Override
  public boolean isSpent() {
    return waiting.read(() -> isEnded);
  }

  @Override
  public void close() {
    waiting.change(() -> isClosed = true);
  }
}
