package streamcache.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapPolicyTest {

  private static final int IDLE_LOOKS = (int) HeapPolicy.IDLE.dividedBy(HeapPolicy.EVERY);

  private long used = 40L << 20;
  private long live = 40L << 20;
  private int collections;
  private final HeapPolicy policy = new HeapPolicy(() -> used, this::collect);

  @Test
  void look_idleForMinutes_collectsOnce() {
    look(IDLE_LOOKS - 1, 0);
    assertThat(collections).isZero();
    look(200, 0);
    assertThat(collections).isEqualTo(1);
  }

  @Test
  void look_connectedMeanwhile_countsFromThere() {
    look(IDLE_LOOKS - 1, 0);
    look(1, 3);
    look(IDLE_LOOKS - 1, 0);
    assertThat(collections).isZero();
    look(1, 0);
    assertThat(collections).isEqualTo(1);
  }

  @Test
  void look_heapDoubled_collectsAlsoWithPlayers() {
    used = HeapPolicy.LEAST_BYTES;
    look(1, 5);
    assertThat(collections).isZero();
    used++;
    live = 70L << 20;
    look(1, 5);
    assertThat(collections).isEqualTo(1);
    used = 140L << 20;
    look(1, 5);
    assertThat(collections).as("twice what is in use, not more").isEqualTo(1);
    used++;
    look(1, 5);
    assertThat(collections).isEqualTo(2);
  }

  private void collect() {
    collections++;
    used = live;
  }

  private void look(int times, int connections) {
    for (int i = 0; i < times; i++) {
      policy.look(connections);
    }
  }
}
