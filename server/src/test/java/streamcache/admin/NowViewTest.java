package streamcache.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import streamcache.range.ByteRange;

/** What a strip shows of a title in many parts. */
final class NowViewTest {

  @Test
  void coarse_fewRanges_areShownAsTheyAre() {
    List<ByteRange> ranges = List.of(new ByteRange(0, 10), new ByteRange(11, 20));
    assertThat(NowView.coarse(ranges, 1_000_000)).isEqualTo(ranges);
  }

  @Test
  void coarse_thousandsOfRanges_areAsManyAsAStripCanShow() {
    List<ByteRange> ranges = new ArrayList<>();
    for (long start = 0; start < 10_000; start += 2) {
      ranges.add(new ByteRange(start * 100, start * 100 + 100));
    }
    List<ByteRange> shown = NowView.coarse(ranges, 10_000_000);
    assertThat(shown).hasSizeLessThanOrEqualTo(NowView.MOST_PARTS);
    assertThat(shown.getFirst().start()).isZero();
    assertThat(shown.getLast().end()).isEqualTo(ranges.getLast().end());
  }
}
