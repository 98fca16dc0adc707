package streamcache.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class ContentTest {

  private static final long FAR = 5L << 30;

  @Test
  void fill_anyOffset_agreesWithSingleBytes() {
    Content content = Content.of(7, FAR + 4096);
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      long offset = random.nextLong(FAR) + random.nextInt(16);
      byte[] bytes = content.bytes(offset, random.nextInt(100));
      for (int at = 0; at < bytes.length; at++) {
        assertThat(bytes[at])
            .as("seed %d, offset %d", seed, offset + at)
            .isEqualTo(content.at(offset + at));
      }
    }
  }

  @Test
  void of_otherSeed_differsAtEveryByte() {
    byte[] one = Content.of(1, 100_000).bytes();
    byte[] two = Content.of(2, 100_000).bytes();
    for (int at = 0; at < one.length; at++) {
      assertThat(one[at]).as("offset %d", at).isNotEqualTo(two[at]);
    }
  }

  @Test
  void of_farApart_hasNoPeriod() {
    Content content = Content.of(3, 1L << 40);
    byte[] here = content.bytes(0, 4096);
    for (long shift : new long[] {1, 8, 256, 4096, 65_536, 1L << 32, 1L << 35}) {
      byte[] there = content.bytes(shift, 4096);
      int same = 0;
      for (int at = 0; at < here.length; at++) {
        same += here[at] == there[at] ? 1 : 0;
      }
      assertThat(same).as("equal bytes %d apart", shift).isLessThan(60);
    }
  }

  @Test
  void check_flippedByte_namesItsOffset() {
    Content content = Content.of(1, FAR + 1000);
    byte[] bytes = content.bytes(FAR, 1000);
    content.check(FAR, bytes);
    bytes[999] ^= 1;
    assertThatThrownBy(() -> content.check(FAR, bytes))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("offset " + (FAR + 999));
  }

  @Test
  void check_misplacedBytes_tellsWhereTheyBelong() {
    Content content = Content.of(1, FAR);
    byte[] bytes = content.bytes(123_457, 1000);
    assertThatThrownBy(() -> content.check(1000, bytes))
        .hasMessageContaining("bytes of offset 123457 of the same content");
  }

  @Test
  void check_otherGeneration_tellsItsSeed() {
    byte[] bytes = Content.of(9, FAR).bytes(77, 1000);
    assertThatThrownBy(() -> Content.of(1, FAR).check(77, bytes))
        .hasMessageContaining("offset 77 of the content with seed 9");
  }

  @Test
  void check_zeros_saysHole() {
    assertThatThrownBy(() -> Content.of(1, FAR).check(0, new byte[100]))
        .hasMessageContaining("zeros");
  }
}
