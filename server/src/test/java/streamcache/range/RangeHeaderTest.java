package streamcache.range;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.range.RangeHeader.From;
import streamcache.range.RangeHeader.FromTo;
import streamcache.range.RangeHeader.Selection;
import streamcache.range.RangeHeader.Several;
import streamcache.range.RangeHeader.Single;
import streamcache.range.RangeHeader.Spec;
import streamcache.range.RangeHeader.Suffix;
import streamcache.range.RangeHeader.Unsatisfiable;
import streamcache.range.RangeHeader.Whole;

class RangeHeaderTest {

  @Test
  void parse_everyForm_isUnderstood() {
    assertThat(RangeHeader.parse("bytes=0-499")).contains(List.of(new FromTo(0, 499)));
    assertThat(RangeHeader.parse("bytes=9500-")).contains(List.of(new From(9500)));
    assertThat(RangeHeader.parse("bytes=-500")).contains(List.of(new Suffix(500)));
    assertThat(RangeHeader.parse("bytes=7-7")).contains(List.of(new FromTo(7, 7)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=0-0,5-,-1",
        "bytes=0-0 , 5- ,\t-1",
        "bytes= 0-0, 5-,-1",
        " bytes=0-0,5-,-1 ",
        "bytes=,0-0,,5-, ,-1,",
        "Bytes=0-0,5-,-1",
        "BYTES=00-00,05-,-01"
      })
  void parse_blanksEmptyElementsAndCase_areAccepted(String value) {
    assertThat(RangeHeader.parse(value))
        .contains(List.of(new FromTo(0, 0), new From(5), new Suffix(1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes=",
        "bytes=,",
        "bytes=-",
        "bytes=5",
        "bytes=a-b",
        "bytes=1-2-3",
        "bytes=--1",
        "bytes=+1-2",
        "bytes=1 -2",
        "bytes=1- 2",
        "bytes =1-2",
        "bytes:1-2",
        "bytes=5-4",
        "bytes=0-1,5-4",
        "bytes=0-1;2-3",
        "bytes=0-1, bytes=2-3",
        "bytes=\u0661-\u0662",
        "bytes=0-1\u00a0",
        "seconds=0-1",
        "xbytes=0-1"
      })
  void parse_unknownUnitOrBadSyntax_isIgnored(String value) {
    assertThat(RangeHeader.parse(value)).isEmpty();
  }

  @Test
  void parse_hugeNumerals_areClamped() {
    String huge = "9".repeat(400);

    assertThat(RangeHeader.parse("bytes=1-" + huge + "," + huge + "-,-" + huge))
        .contains(
            List.of(
                new FromTo(1, Long.MAX_VALUE),
                new From(Long.MAX_VALUE),
                new Suffix(Long.MAX_VALUE)));
    assertThat(RangeHeader.parse("bytes=9223372036854775807-"))
        .contains(List.of(new From(Long.MAX_VALUE)));
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-, 1000, 0, 1000",
    "bytes=0-0, 1000, 0, 1",
    "bytes=999-, 1000, 999, 1000",
    "bytes=10-5000, 1000, 10, 1000",
    "bytes=10-99999999999999999999, 1000, 10, 1000",
    "bytes=-1, 1000, 999, 1000",
    "bytes=-1000, 1000, 0, 1000",
    "bytes=-1001, 1000, 0, 1000",
    "bytes=-99999999999999999999, 1000, 0, 1000",
    "bytes=4294967296-4294967299, 9000000000, 4294967296, 4294967300",
    "bytes=0-9223372036854775807, 9223372036854775807, 0, 9223372036854775807",
  })
  void resolve_oneRange_isClampedToTheFile(String value, long total, long start, long end) {
    assertThat(resolve(value, total)).isEqualTo(new Single(new ByteRange(start, end)));
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=1000-, 1000",
    "bytes=1000-1000, 1000",
    "bytes=99999999999999999999-, 1000",
    "bytes=-0, 1000",
    "bytes=0-, 0",
    "bytes=0-0, 0",
    "bytes=-0, 0",
    "'bytes=1000-,-0,2000-3000', 1000",
  })
  void resolve_noByteAsked_isUnsatisfiable(String value, long total) {
    assertThat(resolve(value, total)).isEqualTo(new Unsatisfiable());
  }

  @Test
  void resolve_suffixOfAnEmptyFile_isTheWhole() {
    assertThat(resolve("bytes=-5", 0)).isEqualTo(new Whole());
  }

  @Test
  void resolve_someUnsatisfiable_areLeftOut() {
    assertThat(resolve("bytes=5000-,10-19,-0", 1000)).isEqualTo(new Single(new ByteRange(10, 20)));
  }

  @Test
  void resolve_severalRanges_keepTheirOrder() {
    assertThat(resolve("bytes=900-909,0-9,-10", 1000))
        .isEqualTo(
            several(new ByteRange(900, 910), new ByteRange(0, 10), new ByteRange(990, 1000)));
  }

  @Test
  void resolve_gapBelowEighty_isOneRange() {
    assertThat(resolve("bytes=0-9,89-99", 1000)).isEqualTo(new Single(new ByteRange(0, 100)));
    assertThat(resolve("bytes=89-99,0-9", 1000)).isEqualTo(new Single(new ByteRange(0, 100)));
    assertThat(resolve("bytes=0-9,90-99", 1000))
        .isEqualTo(several(new ByteRange(0, 10), new ByteRange(90, 100)));
  }

  @Test
  void resolve_rangeThatJoinsTwo_takesTheFirstPlace() {
    assertThat(resolve("bytes=0-9,500-509,150-159,80-89", 1000))
        .isEqualTo(several(new ByteRange(0, 160), new ByteRange(500, 510)));
  }

  @Test
  void resolve_twoOverlapping_becomeOne() {
    assertThat(resolve("bytes=0-99,50-199", 1000)).isEqualTo(new Single(new ByteRange(0, 200)));
  }

  @Test
  void resolve_threeOverlapping_isTheWhole() {
    assertThat(resolve("bytes=0-99,50-199,60-70", 1000)).isEqualTo(new Whole());
    assertThat(resolve("bytes=0-,0-,0-", 1000)).isEqualTo(new Whole());
  }

  @Test
  void resolve_sixteenParts_areGivenAndSeventeenAreNot() {
    assertThat(resolve(parts(16), 1_000_000))
        .isInstanceOfSatisfying(Several.class, s -> assertThat(s.ranges()).hasSize(16));
    assertThat(resolve(parts(17), 1_000_000)).isEqualTo(new Whole());
  }

  @Test
  void resolve_thousandsOfRanges_isTheWhole() {
    assertThat(resolve(parts(10_000), Long.MAX_VALUE)).isEqualTo(new Whole());
  }

  @Test
  void resolve_randomRanges_giveEveryAskedByteAndLittleMore() {
    long seed = System.nanoTime();
    System.out.println("RangeHeaderTest seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 5000; round++) {
      int total = 1 + random.nextInt(4000);
      List<Spec> specs = specs(random, total);
      RangeSet asked = asked(specs, total);
      String description = "seed " + seed + " total " + total + " " + specs;
      switch (RangeHeader.resolve(specs, total)) {
        case Unsatisfiable() -> assertThat(asked.isEmpty()).as(description).isTrue();
        case Whole() -> assertThat(specs.size()).as(description).isGreaterThan(2);
        case Single(ByteRange range) -> check(asked, List.of(range), description);
        case Several(List<ByteRange> ranges) -> check(asked, ranges, description);
      }
    }
  }

  /** All requested bytes are in the parts, parts are disjoint, and only small gaps are extra. */
  private static void check(RangeSet asked, List<ByteRange> parts, String description) {
    RangeSet given = RangeSet.of(parts.toArray(ByteRange[]::new));
    long sum = parts.stream().mapToLong(ByteRange::length).sum();
    assertThat(given.size()).as(description).isEqualTo(sum);
    assertThat(given.ranges()).as(description).hasSameSizeAs(parts);
    for (ByteRange range : asked.ranges()) {
      assertThat(given.covers(range)).as(description).isTrue();
    }
    for (ByteRange part : parts) {
      assertThat(asked.contains(part.start())).as(description).isTrue();
      assertThat(asked.contains(part.end() - 1)).as(description).isTrue();
      for (ByteRange gap : asked.holes(part).ranges()) {
        assertThat(gap.length()).as(description).isLessThan(80);
      }
    }
  }

  private static RangeSet asked(List<Spec> specs, long total) {
    RangeSet asked = RangeSet.EMPTY;
    for (Spec spec : specs) {
      for (long offset = 0; offset < total; offset++) {
        boolean wanted =
            switch (spec) {
              case FromTo(long first, long last) -> offset >= first && offset <= last;
              case From(long first) -> offset >= first;
              case Suffix(long length) -> offset >= total - length;
            };
        if (wanted) {
          asked = asked.plus(new ByteRange(offset, offset + 1));
        }
      }
    }
    return asked;
  }

  private static List<Spec> specs(Random random, int total) {
    List<Spec> specs = new ArrayList<>();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      int first = random.nextInt(total + 20);
      specs.add(
          switch (random.nextInt(6)) {
            case 0 -> new From(first);
            case 1 -> new Suffix(random.nextInt(total));
            default -> new FromTo(first, first + random.nextInt(100));
          });
    }
    return specs;
  }

  private static String parts(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> (i * 1000L) + "-" + (i * 1000L + 9))
        .collect(Collectors.joining(",", "bytes=", ""));
  }

  private static Selection resolve(String value, long total) {
    return RangeHeader.resolve(RangeHeader.parse(value).orElseThrow(), total);
  }

  private static Selection several(ByteRange... ranges) {
    return new Several(List.of(ranges));
  }
}
