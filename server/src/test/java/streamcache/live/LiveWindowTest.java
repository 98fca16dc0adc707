package streamcache.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import streamcache.testkit.live.ChannelPacket;

final class LiveWindowTest {

  private static final long SIZE = 6L << 20;

  private final WindowMemory memory = new WindowMemory(SIZE);
  private final LiveWindow window = new LiveWindow(memory, 0);
  private long next;
  private long now;

  @AfterEach
  void close() {
    window.close();
    assertThat(memory.taken()).isZero();
  }

  private void air(int count) {
    ByteBuffer packets = ByteBuffer.allocate(count * ChannelPacket.BYTES);
    for (int packet = 0; packet < count; packet++) {
      packets.put(ChannelPacket.of(next++));
    }
    window.append(packets.flip(), now);
  }

  /** Reads all that is there; every packet must be whole. Returns the number of the first one. */
  private long readAll(LiveReader reader) {
    ByteBuffer some = ByteBuffer.allocate(1000 * ChannelPacket.BYTES);
    long first = reader.position() / ChannelPacket.BYTES;
    while (reader.read(some.clear()) > 0) {
      some.flip();
      long number = (reader.position() - some.remaining()) / ChannelPacket.BYTES;
      while (some.hasRemaining()) {
        byte[] packet = new byte[ChannelPacket.BYTES];
        some.get(packet);
        assertThat(packet).isEqualTo(ChannelPacket.of(number++));
      }
    }
    return first;
  }

  @Test
  void read_everythingArrived_isGivenOnce() {
    LiveReader reader = window.join();
    air(20_000);
    assertThat(readAll(reader)).isZero();
    assertThat(reader.position()).isEqualTo(20_000L * ChannelPacket.BYTES);
    assertThat(reader.missed()).isZero();
  }

  @Test
  void append_moreThanTheWindow_memoryStaysWithinIt() {
    air(100_000);
    assertThat(memory.taken()).isBetween(SIZE / 2, SIZE);
  }

  @Test
  void read_viewerTooSlow_goesOnAtAWholePacket() {
    LiveReader slow = window.join();
    air(100_000);
    readAll(slow);
    assertThat(slow.missed()).isGreaterThan(11L << 20);
    assertThat(slow.missed() % ChannelPacket.BYTES).isZero();
    assertThat(slow.position()).isEqualTo(window.edge());
  }

  /** Seen before it was so: the player got the half of a packet, then a whole one. */
  @Test
  void read_roomForHalfAPacketMore_endsWithAPacket() {
    LiveReader reader = window.join();
    air(100);
    ByteBuffer some = ByteBuffer.allocate(2 * ChannelPacket.BYTES + 100);
    assertThat(reader.read(some)).isEqualTo(2 * ChannelPacket.BYTES);
    assertThat(reader.read(ByteBuffer.allocate(100))).isEqualTo(100);
  }

  @Test
  void join_picturesAreThere_newestThatIsTwoSecondsOld() {
    for (int second = 0; second < 8; second++) {
      now = TimeUnit.SECONDS.toNanos(second);
      air(1000);
    }
    // The pictures of the sixth second, of which the last begins at packet 5500, are two seconds
    // old.
    assertThat(window.join().position()).isEqualTo(5500L * ChannelPacket.BYTES);
  }

  @Test
  void join_onlyNewPictures_oldestOfThem() {
    air(1600);
    assertThat(window.join().position()).isZero();
  }

  @Test
  void join_noPictures_atATable() {
    next = 1002;
    air(490);
    assertThat(window.join().position() / ChannelPacket.BYTES + 1002).isEqualTo(1100);
  }

  @Test
  void join_nothingToBeginAt_atTheStartThenAtTheEdge() {
    next = 2;
    air(50);
    assertThat(window.join().position()).isZero();
    now = TimeUnit.SECONDS.toNanos(3);
    air(40);
    assertThat(window.join().position()).isEqualTo(window.edge());
  }

  @Test
  void append_manyChannels_laterOnesGetLessAndAllSome() {
    try (LiveWindow second = new LiveWindow(memory, 0);
        LiveWindow third = new LiveWindow(memory, 0);
        LiveWindow fourth = new LiveWindow(memory, 0);
        LiveWindow fifth = new LiveWindow(memory, 0)) {
      for (LiveWindow each : new LiveWindow[] {window, second, third, fourth, fifth}) {
        for (int part = 0; part < 10; part++) {
          ByteBuffer packets = ByteBuffer.allocate(5000 * ChannelPacket.BYTES);
          each.append(packets, now);
        }
      }
      assertThat(memory.taken()).isBetween(4 * SIZE - (8L << 20), 5 * SIZE - 1);
      assertThat(fifth.reach(0)).isLessThanOrEqualTo(fifth.edge() - (3L << 20));
    }
  }

  @Test
  void await_bytesArrive_returns() throws Exception {
    LiveReader reader = window.join();
    Thread later = Thread.ofVirtual().start(() -> air(10));
    assertThat(reader.await(Duration.ofSeconds(30), () -> false)).isTrue();
    later.join();
  }

  @Test
  void await_nothingArrives_endsAfterTheTime() throws Exception {
    assertThat(window.join().await(Duration.ofMillis(1), () -> false)).isFalse();
  }
}
