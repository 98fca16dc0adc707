package streamcache.testkit.live;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import streamcache.testkit.AnswerHead;
import streamcache.testkit.Body;
import streamcache.testkit.BodyEnd;
import streamcache.testkit.RawClient;
import streamcache.testkit.Waiting;

/**
 * A viewer of a channel on a thread of its own: every packet must be whole and unchanged, and later
 * than the one before it; skipped ones are counted. Owned by a test, which closes it.
 */
public final class ChannelViewer implements AutoCloseable {

  private final Waiting waiting = new Waiting();
  private final RawClient client;
  private final List<String> wrong = new ArrayList<>();
  private @Nullable AnswerHead head;
  private @Nullable BodyEnd ending;
  private boolean isPaused;
  private long first = -1;
  private long last = -1;
  private long skipped;

  private ChannelViewer(RawClient client) {
    this.client = client;
  }

  /**
   * @param receiveBuffer SO_RCVBUF in bytes; 0 for the system's default
   */
  public static ChannelViewer open(
      InetSocketAddress address, int receiveBuffer, String target, String... headers)
      throws IOException {
    RawClient client = RawClient.connect(address, receiveBuffer);
    client.request("GET", target, headers);
    ChannelViewer viewer = new ChannelViewer(client);
    Thread.ofVirtual().name("channel-viewer").start(viewer::run);
    return viewer;
  }

  /** Waits for the head of the response. */
  public AnswerHead awaitHead() {
    waiting.await(() -> head != null || !wrong.isEmpty(), this::toString);
    return Optional.ofNullable(waiting.read(() -> head)).orElseThrow();
  }

  /** Waits until a packet at or behind {@code number} has arrived. */
  public ChannelViewer awaitPacket(long number) {
    waiting.await(() -> last >= number || isOver(), () -> number + " expected: " + this);
    if (last() < number) {
      throw new AssertionError("ended before packet " + number + ": " + this);
    }
    return this;
  }

  /** Whether a packet at or behind {@code number} arrives within the time. */
  public boolean getsWithin(Duration time, long number) {
    return waiting.holds(time, () -> last >= number);
  }

  public BodyEnd awaitEnd() {
    waiting.await(this::isOver, this::toString);
    return Optional.ofNullable(waiting.read(() -> ending)).orElseThrow();
  }

  /** Stops reading, as a player does that is paused. */
  public void pause() {
    waiting.change(() -> isPaused = true);
  }

  public void resume() {
    waiting.change(() -> isPaused = false);
  }

  /** The number of the first packet. */
  public long first() {
    return waiting.read(() -> first);
  }

  /** The number of the newest packet. */
  public long last() {
    return waiting.read(() -> last);
  }

  /** How many packets between the first and the newest did not arrive. */
  public long skipped() {
    return waiting.read(() -> skipped);
  }

  private void run() {
    try {
      AnswerHead answered = client.readHead();
      waiting.change(() -> head = answered);
      if (answered.status() == 200) {
        read(client.body(answered));
      }
    } catch (IOException | AssertionError e) {
      waiting.change(() -> wrong.add(e.toString()));
    }
  }

  private void read(Body body) {
    byte[] packet = new byte[ChannelPacket.BYTES];
    int have = 0;
    while (true) {
      var _ = waiting.holds(Duration.ofHours(1), () -> !isPaused);
      int count = body.read(packet, have, packet.length - have);
      if (count < 0) {
        waiting.change(() -> ending = body.ending());
        return;
      }
      have += count;
      if (have == packet.length) {
        have = 0;
        check(packet);
      }
    }
  }

  private void check(byte[] packet) {
    long number = ChannelPacket.number(packet);
    boolean isRight = number > last() && Arrays.equals(packet, ChannelPacket.of(number));
    waiting.change(() -> {
      if (!isRight) {
        wrong.add("a wrong packet behind " + last + ", number " + number);
      }
      skipped += last < 0 ? 0 : number - last - 1;
      first = first < 0 ? number : first;
      last = number;
    });
  }

  private boolean isOver() {
    return ending != null || !wrong.isEmpty();
  }

  @Override
  public void close() throws IOException {
    waiting.change(() -> isPaused = false);
    List<String> faults = waiting.read(() -> List.copyOf(wrong));
    client.close();
    if (!faults.isEmpty()) {
      throw new AssertionError(faults.getFirst());
    }
  }

  @Override
  public String toString() {
    return waiting.read(() ->
        "packets %d to %d, %d skipped, ending %s, %s"
            .formatted(first, last, skipped, ending, wrong));
  }
}
