package streamcache.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the log names a client. */
final class ClientNameTest {

  @ParameterizedTest
  @CsvSource({
    "192.168.1.23, 192.168.1.23",
    "127.0.0.1, 127.0.0.1",
    "100.64.7.8, 100.64.7.8",
    "fd00::12, fd00:0:0:0:0:0:0:12",
    "8.8.4.77, 8.8.4.0/24",
    "2a02:810d:4bc0:55a0:1:2:3:4, 2a02:810d:4bc0:0:0:0:0:0/48",
  })
  void of_atHomeIsTheDevice_elsewhereTheNetwork(String address, String shown) {
    assertThat(ClientName.of(InetAddress.ofLiteral(address))).isEqualTo(shown);
  }
}
