package streamcache.range;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RangeSetTest {

  private static final int UNIVERSE = 200;

  @Test
  void plus_touchingRanges_becomeOne() {
    RangeSet set = RangeSet.of(new ByteRange(0, 10), new ByteRange(20, 30), new ByteRange(10, 20));

    assertThat(set.ranges()).containsExactly(new ByteRange(0, 30));
  }

  @Test
  void minus_middle_leavesBothEnds() {
    RangeSet set = RangeSet.of(new ByteRange(0, 30)).minus(new ByteRange(10, 20));

    assertThat(set.ranges()).containsExactly(new ByteRange(0, 10), new ByteRange(20, 30));
  }

  @Test
  void plus_offsetsBeyondFourGibibytes_areExact() {
    long large = 1L << 40;
    RangeSet set = RangeSet.of(new ByteRange(large, large + 5));

    assertThat(set.presentUntil(large + 4)).isEqualTo(large + 5);
    assertThat(set.contains(large + 5)).isFalse();
    assertThat(set.size()).isEqualTo(5);
  }

  @Test
  void nextPresent_nothingBehind_isTheLargestLong() {
    assertThat(RangeSet.EMPTY.nextPresent(0)).isEqualTo(Long.MAX_VALUE);
    assertThat(RangeSet.of(new ByteRange(0, 5)).nextPresent(5)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void everyOperation_randomSets_agreeWithBits() {
    long seed = System.nanoTime();
    System.out.println("RangeSetTest seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      RangeSet set = RangeSet.EMPTY;
      BitSet bits = new BitSet();
      for (int step = 0; step < 30; step++) {
        ByteRange range = range(random);
        RangeSet before = set;
        BitSet beforeBits = (BitSet) bits.clone();
        if (random.nextInt(3) > 0) {
          set = set.plus(range);
          bits.set((int) range.start(), (int) range.end());
        } else {
          set = set.minus(range);
          bits.clear((int) range.start(), (int) range.end());
        }
        check(set, bits, range(random), "seed " + seed + " " + set);
        check(before, beforeBits, range(random), "seed " + seed + " unchanged " + before);
      }
    }
  }

  @Test
  void equals_sameBytesByOtherWays_isTrue() {
    RangeSet one = RangeSet.of(new ByteRange(0, 10), new ByteRange(5, 20));
    RangeSet other = RangeSet.of(new ByteRange(0, 30)).minus(new ByteRange(20, 30));

    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
    assertThat(one).isNotEqualTo(RangeSet.EMPTY);
  }

  private static void check(RangeSet set, BitSet bits, ByteRange range, String description) {
    assertThat(set.size()).as(description).isEqualTo(bits.cardinality());
    assertThat(set.isEmpty()).as(description).isEqualTo(bits.isEmpty());
    checkRanges(set.ranges(), bits, description);
    checkOffsets(set, bits, description);
    int from = (int) range.start();
    int to = (int) range.end();
    int hole = bits.nextClearBit(from);
    assertThat(set.covers(range)).as(description).isEqualTo(hole >= to);
    assertThat(set.firstHole(range).isPresent()).as(description).isEqualTo(hole < to);
    set.firstHole(range)
        .ifPresent(first -> {
          assertThat(first.start()).as(description).isEqualTo(hole);
          int next = bits.nextSetBit(hole);
          int end = next < 0 ? to : Math.min(next, to);
          assertThat(first.end()).as(description).isEqualTo(end);
        });
    BitSet holes = new BitSet();
    holes.set(from, to);
    holes.andNot(bits);
    checkRanges(set.holes(range).ranges(), holes, description);
    checkAllocated(set, bits, description);
  }

  private static void checkRanges(List<ByteRange> ranges, BitSet bits, String description) {
    BitSet seen = new BitSet();
    long last = -1;
    for (ByteRange range : ranges) {
      assertThat(range.isEmpty()).as(description).isFalse();
      assertThat(range.start()).as(description).isGreaterThan(last);
      last = range.end();
      seen.set((int) range.start(), (int) range.end());
    }
    assertThat(seen).as(description).isEqualTo(bits);
  }

  private static void checkOffsets(RangeSet set, BitSet bits, String description) {
    for (int offset = 0; offset < UNIVERSE + 5; offset++) {
      assertThat(set.contains(offset)).as(description).isEqualTo(bits.get(offset));
      assertThat(set.presentUntil(offset)).as(description).isEqualTo(bits.nextClearBit(offset));
      int next = bits.nextSetBit(offset);
      long expected = next < 0 ? Long.MAX_VALUE : next;
      assertThat(set.nextPresent(offset)).as(description).isEqualTo(expected);
    }
  }

  private static void checkAllocated(RangeSet set, BitSet bits, String description) {
    int block = 8;
    BitSet blocks = new BitSet();
    bits.stream().forEach(bit -> blocks.set(bit / block));
    assertThat(set.allocated(block)).as(description).isEqualTo((long) blocks.cardinality() * block);
  }

  private static ByteRange range(Random random) {
    int start = random.nextInt(UNIVERSE);
    return new ByteRange(start, start + random.nextInt(Math.min(40, UNIVERSE - start + 1)));
  }

  @Test
  void byteRange_randomPairs_agreeWithBits() {
    long seed = System.nanoTime();
    System.out.println("RangeSetTest pairs seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 3000; round++) {
      ByteRange one = range(random);
      ByteRange other = range(random);
      BitSet both = bits(one);
      both.and(bits(other));
      String description = "seed " + seed + " " + one + " " + other;
      assertThat(bits(one.intersect(other))).as(description).isEqualTo(both);
      if (!one.isEmpty() && !other.isEmpty()) {
        assertThat(one.overlaps(other)).as(description).isEqualTo(!both.isEmpty());
      }
      assertThat(one.length()).as(description).isEqualTo(bits(one).cardinality());
    }
  }

  @Test
  void byteRange_badBounds_areRefused() {
    assertThatThrownBy(() -> new ByteRange(-1, 5)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ByteRange(5, 4)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ByteRange.ofLength(Long.MAX_VALUE, 1))
        .isInstanceOf(ArithmeticException.class);
  }

  private static BitSet bits(ByteRange range) {
    BitSet bits = new BitSet();
    bits.set((int) range.start(), (int) range.end());
    return bits;
  }
}
