package streamcache.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import streamcache.settings.ClientSettings;

final class ClientLimitsTest {

  private static final InetAddress ONE = InetAddress.ofLiteral("192.168.1.5");
  private static final InetAddress OTHER = InetAddress.ofLiteral("192.168.1.6");

  /** A monotonic clock may start at any value. */
  private final AtomicLong nanos = new AtomicLong(-7_000_000_000_000L);

  @Test
  void enter_beyondTheLimit_isRefusedUntilOneLeaves() {
    ClientLimits limits = allowances(2, 0);

    assertThat(limits.enter(ONE)).isTrue();
    assertThat(limits.enter(ONE)).isTrue();
    assertThat(limits.enter(ONE)).isFalse();
    assertThat(limits.enter(ONE)).as("a refusal takes nothing").isFalse();
    limits.leave(ONE);
    assertThat(limits.enter(ONE)).isTrue();
    assertThat(limits.enter(ONE)).isFalse();
  }

  @Test
  void enter_ofAnotherClient_isNotAffected() {
    // The two clients share a slot in one of 4096 runs of the program, hence the second pair.
    ClientLimits limits = allowances(1, 0);
    ClientLimits others = allowances(1, 0);

    assertThat(limits.enter(ONE) && others.enter(ONE)).isTrue();
    assertThat(limits.enter(OTHER) || others.enter(OTHER)).isTrue();
  }

  @Test
  void enter_devicesOfOneIpv6Line_areOneClient() {
    ClientLimits limits = allowances(1, 0);

    assertThat(limits.enter(InetAddress.ofLiteral("2001:db8:1:2::1"))).isTrue();
    assertThat(limits.enter(InetAddress.ofLiteral("2001:db8:1:2:3:4:5:6"))).isFalse();
  }

  @Test
  void mayBeginTitle_aMinutesShareAtOnce_thenAsTimeGoesOn() {
    ClientLimits limits = allowances(0, 60);

    for (int title = 0; title < 60; title++) {
      assertThat(limits.mayBeginTitle(ONE)).as("title %d", title).isTrue();
    }
    assertThat(limits.mayBeginTitle(ONE)).isFalse();
    nanos.addAndGet(Duration.ofMillis(999).toNanos());
    assertThat(limits.mayBeginTitle(ONE)).isFalse();
    nanos.addAndGet(Duration.ofMillis(1).toNanos());
    assertThat(limits.mayBeginTitle(ONE)).isTrue();
    assertThat(limits.mayBeginTitle(ONE)).isFalse();
    nanos.addAndGet(Duration.ofHours(5).toNanos());
    for (int title = 0; title < 60; title++) {
      assertThat(limits.mayBeginTitle(ONE)).as("rested title %d", title).isTrue();
    }
    assertThat(limits.mayBeginTitle(ONE)).as("rest is not saved up").isFalse();
  }

  @Test
  void zero_isNoLimit() {
    ClientLimits limits = allowances(0, 0);

    for (int time = 0; time < 100_000; time++) {
      assertThat(limits.enter(ONE) && limits.mayBeginTitle(ONE)).isTrue();
    }
  }

  /** An attacker with many addresses uses the share of others at worst, never more memory. */
  @Test
  void manyAddresses_areSpreadOverTheSlots() throws UnknownHostException {
    ClientLimits limits = allowances(20, 0);
    int refused = 0;
    for (int client = 0; client < 16_384; client++) {
      byte[] address = {10, 0, (byte) (client >> 8), (byte) client};
      refused += limits.enter(InetAddress.getByAddress(address)) ? 0 : 1;
    }
    assertThat(refused).as("four a slot, rarely twenty").isLessThan(50);
  }

  private ClientLimits allowances(int streams, int newTitles) {
    return new ClientLimits(new ClientSettings(streams, newTitles), nanos::get);
  }
}
