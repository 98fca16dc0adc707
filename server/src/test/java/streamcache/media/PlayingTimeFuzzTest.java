package streamcache.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Any beginning of a file quickly yields a plausible time or none, never an exception. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class PlayingTimeFuzzTest {

  private static final int ROUNDS = 20_000;
  private static final int LONGEST = 64 << 10;

  /** Marks after which a parser continues, so that random input reaches deeper. */
  private static final List<byte[]> MARKS =
      List.of(
          letters("\u001aE\u00df\u00a3\u0080"),
          letters("\u0018S\u0080g\u0001\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff"),
          letters("\u0015I\u00a9f\u00ff"),
          letters("*\u00d7\u00b1\u0083"),
          letters("D\u0089\u0084J"),
          letters("D\u0089\u0088A"),
          letters("\0\0\0\0moov"),
          letters("\0\0\0\u0001moov"),
          letters("\0\0\0\0mvex"),
          letters("\0\0\0\u0010mehd"),
          letters("\0\0\u0010\0mdat"),
          letters("\0\0\0\0mvhd"),
          letters("RIFF\0\0\0\0AVI LIST\0\0\0\0hdrlavih8\0\0\0"));

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);

  PlayingTimeFuzzTest() {
    System.out.println("PlayingTimeFuzzTest -Dseed=" + seed);
  }

  @Test
  void of_randomBytes_neverThrows() {
    for (int round = 0; round < ROUNDS; round++) {
      byte[] head = new byte[random.nextInt(200)];
      random.nextBytes(head);
      survives(head);
    }
  }

  @Test
  void of_marksInAnyOrder_neverThrows() {
    int told = 0;
    for (int round = 0; round < ROUNDS; round++) {
      ByteBuffer head = ByteBuffer.allocate(400);
      head.put(MARKS.get(random.nextInt(MARKS.size())));
      for (int mark = random.nextInt(8); mark >= 0; mark--) {
        head.put(MARKS.get(random.nextInt(MARKS.size())));
        byte[] between = new byte[random.nextInt(12)];
        random.nextBytes(between);
        head.put(between);
      }
      told += survives(head.array()).isPresent() ? 1 : 0;
    }
    assertThat(told).as("times told, seed %d", seed).isPositive();
  }

  /** One mark repeated over the full length of a head. */
  @Test
  void of_oneMarkAllTheWay_endsSoon() {
    for (byte[] first : MARKS) {
      for (byte[] mark : MARKS) {
        ByteBuffer head = ByteBuffer.allocate(LONGEST).put(first);
        while (head.remaining() >= mark.length) {
          head.put(mark);
        }
        survives(head.array());
      }
    }
  }

  private Optional<Duration> survives(byte[] head) {
    try {
      Optional<Duration> time = PlayingTime.of(ByteBuffer.wrap(head));
      PlayingTime.elsewhere(ByteBuffer.wrap(head))
          .ifPresent(place -> assertThat(place).isPositive());
      time.ifPresent(told -> assertThat(told).isBetween(Duration.ofSeconds(1), Duration.ofDays(1)));
      return time;
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("seed %d: %s".formatted(seed, hex(head)), e);
    }
  }

  private static String hex(byte[] head) {
    return HexFormat.of().formatHex(head, 0, Math.min(head.length, 512));
  }

  private static byte[] letters(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
