package streamcache.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.testkit.Content;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;

/**
 * Names with several addresses. The provider listens on 127.0.0.1 only; on other loopback addresses
 * nobody does.
 */
final class HttpOriginAddressesTest {

  private final Content film = Content.of(5, 400_000);
  private final ScriptedOrigin provider = ScriptedOrigin.start().serve("/f", Script.of(film));

  @AfterEach
  void close() {
    provider.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.0.0.99 127.0.0.1",
        "127.0.0.97 127.0.0.98 127.0.0.99 127.0.0.1",
        "::1 127.0.0.97 127.0.0.98 127.0.0.99 127.0.0.1",
        "127.0.0.94 127.0.0.95 127.0.0.96 127.0.0.97 127.0.0.98 127.0.0.99 127.0.0.1",
        "::1 127.0.0.1",
      })
  void open_deadAddressesBeforeAGoodOne_servedOverOneConnection(String addresses)
      throws OriginException {
    try (HttpOrigin origin = origin(Fetches.OPEN, addresses)) {
      for (int i = 0; i < 3; i++) {
        play(origin);
      }
    }
    assertThat(provider.requests("/f")).hasSize(3);
    assertThat(provider.totalConnections()).isEqualTo(1);
  }

  @Test
  void open_firstAddressSilent_servedByTheNext() throws Exception {
    try (ServerSocket full =
            new ServerSocket(provider.port(), 1, InetAddress.ofLiteral("127.0.0.99"));
        Backlog backlog = new Backlog(full);
        HttpOrigin origin = origin(Fetches.OPEN, "127.0.0.99 127.0.0.1")) {
      assertThat(backlog.size()).isPositive();
      play(origin);
    }
    assertThat(provider.requests("/f")).hasSize(1);
  }

  @Test
  void open_blockedAddressAmongOthers_isNotContacted() throws Exception {
    try (ScriptedOrigin blocked = ScriptedOrigin.start();
        HttpOrigin origin =
            origin(HttpOriginAddressesTest::withoutTheFirst, "127.0.0.1 127.0.0.9")) {
      Failure failure =
          Fetches.failure(origin, Fetches.whole("http://f.example:" + blocked.port() + "/f"));
      assertThat(failure).isInstanceOf(Failure.Unreachable.class);
      assertThat(blocked.totalConnections()).isZero();
    }
  }

  /** An idle connection serves whichever of the addresses it goes to. */
  @Test
  void open_addressesInAnotherOrder_idleConnectionIsReused() throws OriginException {
    String[] order = {"127.0.0.1 127.0.0.99", "127.0.0.99 127.0.0.1", "127.0.0.98 127.0.0.1"};
    int[] asked = {0};
    Network network = new Network(Fetches.OPEN, _ -> parsed(order[asked[0]++]), Fetches.PATIENT);
    try (HttpOrigin origin = Fetches.origin(network, /* verifyTls= */ true)) {
      for (int i = 0; i < order.length; i++) {
        play(origin);
      }
    }
    assertThat(provider.totalConnections()).isEqualTo(1);
  }

  private void play(HttpOrigin origin) throws OriginException {
    Fetch fetch = Fetches.whole("http://film.example:" + provider.port() + "/f");
    try (Upstream upstream = origin.open(fetch)) {
      film.check(0, Fetches.drain(upstream));
    }
  }

  private static List<InetAddress> withoutTheFirst(Destination to, List<InetAddress> addresses) {
    return addresses.subList(1, addresses.size());
  }

  private static HttpOrigin origin(AddressPolicy policy, String addresses) {
    Network network = new Network(policy, _ -> parsed(addresses), Fetches.PATIENT);
    return Fetches.origin(network, /* verifyTls= */ true);
  }

  private static List<InetAddress> parsed(String addresses) {
    return Arrays.stream(addresses.split(" ")).map(InetAddress::ofLiteral).toList();
  }
}
