package streamcache.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PrintableTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1.00 kB",
    "999949, 1.00 MB",
    "9994000, 9.99 MB",
    "12345678, 12.3 MB",
    "999500000, 1.00 GB",
    "4294967296, 4.29 GB",
    "9223372036854775807, 9223 PB"
  })
  void bytes_size_hasThreeDigits(long bytes, String shown) {
    assertThat(Printable.bytes(bytes)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({"0, 0 s", "59, 59 s", "61, 1 min 1 s", "11520, 3 h 12 min", "180000, 2 d 2 h"})
  void time_seconds_hasTwoUnits(long seconds, String shown) {
    assertThat(Printable.time(seconds)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({"0, 0 titles", "1, 1 title", "2, 2 titles", "1200, '1,200 titles'"})
  void count_number_hasItsNoun(long number, String shown) {
    assertThat(Printable.count(number, "title", "titles")).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({"0, 10, 0 %", "9, 10, 90 %", "99999, 100000, 99 %", "20, 10, 100 %", "1, 0, ''"})
  void share_part_isRoundedDown(long part, long whole, String shown) {
    assertThat(Printable.share(part, whole)).isEqualTo(shown);
  }
}
