package streamcache.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SentTailTest {

  private static final int TOTAL = 3 * SentTail.MOST + 777;

  @Test
  void isEqual_bytesOfTheEnd_inAnyPortions() {
    byte[] sent = new byte[TOTAL];
    new Random(1).nextBytes(sent);
    for (int portion : new int[] {1000, SentTail.MOST, 2 * SentTail.MOST + 5, TOTAL}) {
      SentTail tail = new SentTail();
      for (int at = 0; at < TOTAL; at += portion) {
        tail.add(sent, at, Math.min(portion, TOTAL - at));
      }
      int length = tail.length();
      byte[] end = Arrays.copyOfRange(sent, TOTAL - length, TOTAL);

      assertThat(length).isEqualTo(SentTail.MOST);
      assertThat(tail.isEqual(end, length, length)).as("portion %d", portion).isTrue();
      byte[] part = Arrays.copyOfRange(end, 100, 200);
      assertThat(tail.isEqual(part, 100, length - 100)).isTrue();
      end[length - 1]++;
      assertThat(tail.isEqual(end, length, length)).isFalse();
    }
  }

  @Test
  void length_fewBytesSent_isThatMany() {
    SentTail tail = new SentTail();
    tail.add(new byte[] {1, 2, 3}, 1, 2);

    assertThat(tail.length()).isEqualTo(2);
    assertThat(tail.isEqual(new byte[] {2, 3}, 2, 2)).isTrue();
    assertThat(tail.isEqual(new byte[] {3}, 1, 1)).isTrue();
  }
}
