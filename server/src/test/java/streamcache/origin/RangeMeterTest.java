package streamcache.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import streamcache.link.AccountId;
import streamcache.link.Link;
import streamcache.testkit.FakeClock;

final class RangeMeterTest {

  private static final int READ = 64 * 1024;
  private static final long SECOND = 1_000_000_000;

  private final ProviderProfiles profiles = ProviderProfiles.inMemory(new FakeClock());
  private final ProfileUpdates updates = new ProfileUpdates(profiles);

  /** Reads of 64 KiB, each after so long a wait for the provider and so long a pause here. */
  private RangeRates measured(
      OptionalLong end, boolean isRange, int reads, double waits, double pauses) {
    Link link = Fetches.link("http://panel.example:80/film.mkv", Map.of());
    Fetch fetch = new Fetch(link, 0, end, Optional.empty(), Map.of(), /* isTrusted= */ true);
    long now = 5;
    RangeMeter meter = new RangeMeter(fetch, isRange, now, updates);
    for (int i = 0; i < reads; i++) {
      long before = now;
      now += (long) (waits * SECOND);
      meter.read(READ, before, now);
      now += (long) (pauses * SECOND);
    }
    return profiles.of(new AccountId("panel.example:80")).rangeRates();
  }

  private RangeRates open(int reads, double waits, double pauses) {
    return measured(OptionalLong.empty(), /* isRange= */ true, reads, waits, pauses);
  }

  private RangeRates closed(int reads, double waits, double pauses) {
    return measured(
        OptionalLong.of((long) reads * READ), /* isRange= */ true, reads, waits, pauses);
  }

  @Test
  void open_slowProvider_isMeasuredOverThreeSeconds() {
    assertThat(open(4, 0.5, 0).open()).as("too soon").isZero();
    assertThat(open(6, 0.5, 0).open()).isCloseTo(2 * READ, within(1.0));
  }

  @Test
  void open_fastProvider_isMeasuredOverFourMebibytes() {
    assertThat(open(63, 0.01, 0).open()).as("too soon").isZero();
    assertThat(open(64, 0.01, 0).open()).isCloseTo(100 * READ, within(1e3));
  }

  /** The disk, a rate limit or a player's pace: bytes wait for us, and not we for them. */
  @Test
  void open_slowHere_seemsFast() {
    assertThat(open(64, 0.0001, 1).open()).isGreaterThan(100e6);
  }

  @Test
  void closed_whole_isMeasuredFromTheRequestOn() {
    assertThat(closed(16, 0.1, 0).closed()).isCloseTo(10 * READ, within(1e3));
  }

  @Test
  void closed_slowHere_seemsSlow() {
    assertThat(closed(16, 0.0001, 1).closed()).isLessThan(1.1 * READ);
  }

  @Test
  void closed_tooShortOrTooLongOrNotAtItsEnd_isNotMeasured() {
    assertThat(closed(3, 0.01, 0)).isEqualTo(RangeRates.NONE);
    assertThat(closed(257, 0.01, 0)).isEqualTo(RangeRates.NONE);
    assertThat(measured(OptionalLong.of(17L * READ), true, 16, 0.01, 0)).isEqualTo(RangeRates.NONE);
  }

  @Test
  void wholeFile_inResponseToARange_isNotMeasured() {
    assertThat(measured(OptionalLong.empty(), false, 64, 1, 0)).isEqualTo(RangeRates.NONE);
    assertThat(measured(OptionalLong.of(16L * READ), false, 16, 0.01, 0))
        .isEqualTo(RangeRates.NONE);
  }
}
