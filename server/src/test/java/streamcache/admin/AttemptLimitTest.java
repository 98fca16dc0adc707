package streamcache.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import streamcache.testkit.FakeClock;

final class AttemptLimitTest {

  private static final InetAddress HERE = InetAddress.ofLiteral("192.0.2.1");
  private static final InetAddress THERE = InetAddress.ofLiteral("192.0.2.2");

  private final FakeClock clock = new FakeClock();
  private final AttemptLimit limit = new AttemptLimit(clock::nanoTime);

  @Test
  void rest_fiveFailuresWithinAMinute_lastsToItsEndAndForThisAddressOnly() {
    for (int failure = 0; failure < 5; failure++) {
      assertThat(limit.rest(HERE)).isZero();
      limit.failed(HERE);
      clock.advance(Duration.ofSeconds(1));
    }

    assertThat(limit.rest(HERE)).isEqualTo(Duration.ofSeconds(55));
    assertThat(limit.rest(THERE)).isZero();

    clock.advance(Duration.ofSeconds(55));
    assertThat(limit.rest(HERE)).isZero();
    limit.failed(HERE);
    assertThat(limit.rest(HERE)).as("a new minute").isZero();
  }

  @Test
  void failed_manyAddresses_oldestAreForgotten() {
    for (int failure = 0; failure < 5; failure++) {
      limit.failed(HERE);
    }
    for (int address = 0; address < 9_999; address++) {
      limit.failed(InetAddress.ofLiteral("10.0.%d.%d".formatted(address / 256, address % 256)));
    }
    assertThat(limit.rest(HERE)).isPositive();

    limit.failed(THERE);
    assertThat(limit.rest(HERE)).isZero();
  }
}
