package streamcache.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import streamcache.settings.ClientSettings;

final class AllowancesTest {

  private static final InetAddress ONE = InetAddress.ofLiteral("192.168.1.5");
  private static final InetAddress OTHER = InetAddress.ofLiteral("192.168.1.6");

  /** A clock of the system may start anywhere. */
  private final AtomicLong nanos = new AtomicLong(-7_000_000_000_000L);

  @Test
  void enter_beyondTheLimit_isRefusedUntilOneLeaves() {
    Allowances allowances = allowances(2, 0);

    assertThat(allowances.enter(ONE)).isTrue();
    assertThat(allowances.enter(ONE)).isTrue();
    assertThat(allowances.enter(ONE)).isFalse();
    assertThat(allowances.enter(ONE)).as("a refusal takes nothing").isFalse();
    allowances.leave(ONE);
    assertThat(allowances.enter(ONE)).isTrue();
    assertThat(allowances.enter(ONE)).isFalse();
  }

  @Test
  void enter_ofAnotherClient_isNotAffected() {
    // They share a slot in one of 4096 runs of the program, hence the second pair.
    Allowances allowances = allowances(1, 0);
    Allowances others = allowances(1, 0);

    assertThat(allowances.enter(ONE) && others.enter(ONE)).isTrue();
    assertThat(allowances.enter(OTHER) || others.enter(OTHER)).isTrue();
  }

  @Test
  void enter_devicesOfOneIpv6Line_areOneClient() {
    Allowances allowances = allowances(1, 0);

    assertThat(allowances.enter(InetAddress.ofLiteral("2001:db8:1:2::1"))).isTrue();
    assertThat(allowances.enter(InetAddress.ofLiteral("2001:db8:1:2:3:4:5:6"))).isFalse();
  }

  @Test
  void mayBeginTitle_aMinutesShareAtOnce_thenAsTimeGoesOn() {
    Allowances allowances = allowances(0, 60);

    for (int title = 0; title < 60; title++) {
      assertThat(allowances.mayBeginTitle(ONE)).as("title %d", title).isTrue();
    }
    assertThat(allowances.mayBeginTitle(ONE)).isFalse();
    nanos.addAndGet(Duration.ofMillis(999).toNanos());
    assertThat(allowances.mayBeginTitle(ONE)).isFalse();
    nanos.addAndGet(Duration.ofMillis(1).toNanos());
    assertThat(allowances.mayBeginTitle(ONE)).isTrue();
    assertThat(allowances.mayBeginTitle(ONE)).isFalse();
    nanos.addAndGet(Duration.ofHours(5).toNanos());
    for (int title = 0; title < 60; title++) {
      assertThat(allowances.mayBeginTitle(ONE)).as("rested title %d", title).isTrue();
    }
    assertThat(allowances.mayBeginTitle(ONE)).as("rest is not saved up").isFalse();
  }

  @Test
  void zero_isNoLimit() {
    Allowances allowances = allowances(0, 0);

    for (int time = 0; time < 100_000; time++) {
      assertThat(allowances.enter(ONE) && allowances.mayBeginTitle(ONE)).isTrue();
    }
  }

  /** An attacker with many addresses takes up others' share at worst, never memory. */
  @Test
  void manyAddresses_areSpreadOverTheSlots() throws UnknownHostException {
    Allowances allowances = allowances(20, 0);
    int refused = 0;
    for (int client = 0; client < 16_384; client++) {
      byte[] address = {10, 0, (byte) (client >> 8), (byte) client};
      refused += allowances.enter(InetAddress.getByAddress(address)) ? 0 : 1;
    }
    assertThat(refused).as("four a slot, rarely twenty").isLessThan(50);
  }

  private Allowances allowances(int streams, int newTitles) {
    return new Allowances(new ClientSettings(streams, newTitles), nanos::get);
  }
}
