package streamcache.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClipTest {

  @Test
  void read_anyRange_isThatSliceOfTheWhole() {
    Clip clip = Clip.of(Cards.lasting(Duration.ofSeconds(40)));
    byte[] whole = bytes(clip, 0, Math.toIntExact(clip.length()));
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      int from = random.nextInt(whole.length);
      int count = 1 + random.nextInt(Math.min(whole.length - from, 1 << random.nextInt(1, 21)));
      assertThat(Arrays.equals(bytes(clip, from, count), 0, count, whole, from, from + count))
          .as("seed %d, bytes %d to %d", seed, from, from + count)
          .isTrue();
    }
  }

  @Test
  void read_atTheEnd_givesWhatIsThere() {
    Clip clip = Clip.of(Cards.plain());
    ByteBuffer buffer = ByteBuffer.allocate(100);
    clip.read(clip.length() - 30, buffer);
    assertThat(buffer.position()).isEqualTo(30);
    clip.read(clip.length(), buffer);
    assertThat(buffer.position()).isEqualTo(30);
    assertThatThrownBy(() -> clip.read(clip.length() + 1, buffer))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> clip.read(-1, buffer)).isInstanceOf(IllegalArgumentException.class);
  }

  /** Two successive refreshes must not have the same id, or decoders take them for one picture. */
  @Test
  void blocks_followingEachOther_differInOneBit() {
    Clip clip = Clip.of(Cards.lasting(Duration.ofSeconds(24)));
    Boxes boxes = Boxes.of(clip);
    int length = (int) (boxes.mediaLength() / 3);
    byte[] first = bytes(clip, boxes.mediaStart(), length);
    byte[] second = bytes(clip, boxes.mediaStart() + length, length);
    byte[] third = bytes(clip, boxes.mediaStart() + 2L * length, length);
    assertThat(third).isEqualTo(first);
    int at = Arrays.mismatch(first, second);
    assertThat(first[at] ^ second[at]).isEqualTo(1);
    assertThat(Arrays.mismatch(first, at + 1, length, second, at + 1, length)).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource({
    "PT2H, 7200",
    "PT1H59M53S, 7200",
    "PT1H59M52.001S, 7200",
    "PT1H59M52S, 7192",
    "PT0S, 8",
    "-PT1H, 8",
    "P400D, 86400"
  })
  void of_claimedLength_isRoundedUpToBlocks(Duration claimed, long seconds) {
    assertThat(Boxes.of(Clip.of(Cards.lasting(claimed))).seconds()).isEqualTo(seconds);
  }

  @Test
  void etag_sameCard_isTheSameAndOtherwiseAnother() {
    Card card = Cards.plain();
    String etag = Clip.of(card).etag();
    assertThat(etag).matches("\"clip-[0-9a-f]{24}\"");
    assertThat(Clip.of(Cards.plain()).etag()).isEqualTo(etag);
    List<Card> others =
        List.of(
            new Card("t", "p", "h", "m", List.of(), card.time(), "r", card.length()),
            new Card("", "tp", "h", "m", List.of(), card.time(), "r", card.length()),
            new Card("t", "p", "h", "m", List.of("r"), card.time(), "", card.length()),
            new Card("t", "p", "h", "m", List.of("s"), card.time(), "", card.length()),
            new Card("t", "p", "h", "m", List.of(), card.time().plusNanos(1), "r", card.length()),
            new Card("t", "p", "h", "m", List.of(), card.time(), "r", Duration.ofHours(3)));
    Set<String> etags = new HashSet<>(Set.of(etag));
    others.forEach(other -> etags.add(Clip.of(other).etag()));
    assertThat(etags).hasSize(1 + others.size());
  }

  @Test
  void of_anyTitle_neverFails() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 60; round++) {
      StringBuilder title = new StringBuilder();
      int length = random.nextInt(300);
      for (int i = 0; i < length; i++) {
        title.append((char) random.nextInt(random.nextBoolean() ? 0x600 : 0x10000));
      }
      assertThat(Clip.of(Cards.full(title.toString())).length()).as("seed %d", seed).isPositive();
    }
  }

  /** The memory bound of the package: a clip holds one block and the index. */
  @Test
  void of_ordinaryCard_holdsLittle() {
    Clip clip = Clip.of(Cards.plain());
    Boxes boxes = Boxes.of(clip);
    assertThat(boxes.mediaStart()).isLessThan(190_000);
    assertThat(boxes.mediaLength() / 900).isLessThan(260_000);
  }

  static byte[] bytes(Clip clip, long from, int count) {
    ByteBuffer buffer = ByteBuffer.allocate(count);
    clip.read(from, buffer);
    assertThat(buffer.hasRemaining()).isFalse();
    return buffer.array();
  }
}
