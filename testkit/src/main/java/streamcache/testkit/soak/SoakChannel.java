package streamcache.testkit.soak;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Random;
import java.util.function.UnaryOperator;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.Waiting;
import streamcache.testkit.live.ChannelPacket;
import streamcache.testkit.live.ChannelViewer;
import streamcache.testkit.live.TestChannel;

/**
 * A live channel beside the films, and a viewer that comes and goes: a body without an end. Owned
 * by a soak; a thread of its own airs.
 */
final class SoakChannel implements AutoCloseable {

  private static final String PATH = "/live/tom/secret/1.ts";

  /** Packets are aired this often, as an encoder does. */
  private static final Duration STEP = Duration.ofMillis(20);

  private static final int PACKETS_A_STEP = ChannelPacket.A_SECOND / 50;

  /** The product lets go ten seconds after the last viewer; the rest is for a busy machine. */
  private static final Duration RELEASED_WITHIN = Duration.ofSeconds(20);

  private final TestChannel channel = new TestChannel();
  private final ScriptedOrigin origin = ScriptedOrigin.start().on(PATH, channel);
  private final Waiting waiting = new Waiting();
  private final String link;
  private boolean isOver;
  private int views;

  /**
   * @param link creates the target of a link from a URL
   */
  SoakChannel(UnaryOperator<String> link) {
    this.link = link.apply(origin.url(PATH));
    Thread.ofVirtual().name("soak-channel").start(this::air);
  }

  private void air() {
    while (!waiting.holds(STEP, () -> isOver)) {
      long _ = channel.air(PACKETS_A_STEP);
    }
  }

  /**
   * Watches for a while: every packet is right, later than the one before, and near the edge.
   *
   * @throws AssertionError if one is not
   */
  void watch(InetSocketAddress product, Random random) throws IOException {
    views++;
    try (ChannelViewer viewer = ChannelViewer.open(product, 0, link)) {
      long edge = channel.aired();
      viewer.awaitPacket(edge + random.nextInt(2 * ChannelPacket.A_SECOND));
      if (viewer.first() < edge - 5L * ChannelPacket.A_SECOND) {
        throw new AssertionError("a viewer begins far behind " + edge + ": " + viewer);
      }
    }
  }

  /**
   * Checks that one connection serves all viewers and is released once they have left.
   *
   * @throws AssertionError if it is not
   */
  String check() {
    long end = System.nanoTime() + RELEASED_WITHIN.toNanos();
    while (origin.openConnections() > 0 && System.nanoTime() - end < 0) {
      boolean _ = origin.isRequestedWithin(Duration.ofMillis(200), "/never", 1);
    }
    if (origin.openConnections() > 0 || origin.requests().size() != 1) {
      throw new AssertionError("a channel with %d views: %s".formatted(views, origin));
    }
    return views + " views of a channel on one connection";
  }

  @Override
  public void close() {
    waiting.change(() -> isOver = true);
    origin.close();
  }
}
