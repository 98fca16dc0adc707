package streamcache.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.link.AddressBlock;
import streamcache.playback.Headers;
import streamcache.playback.Request;

/** Which address identifies the client, and that no client can claim the address of another. */
final class ClientsTest {

  private static final String PROXY = "172.18.0.2";
  private static final Clients CLIENTS =
      new Clients(
          List.of(
              AddressBlock.of(InetAddress.ofLiteral(PROXY)),
              new AddressBlock(InetAddress.ofLiteral("203.0.113.0"), 24)));

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,       true",
    "::1,             true",
    "192.168.1.20,    true",
    "10.1.2.3,        true",
    "172.31.255.255,  true",
    "100.64.0.1,      true",
    "fd00::1,         true",
    "fe80::1,         true",
    "172.18.0.2,      true",
    "169.254.1.1,     false",
    "172.32.0.1,      false",
    "8.8.8.8,         false",
    "2001:4860::1,    false",
    "169.254.169.254, false",
    "0.0.0.0,         false",
    "::,              false",
    "224.0.0.1,       false",
    "::127.0.0.1,     false",
    "2002:7f00:1::,   false",
    "2002:c0a8:101::, false",
    "192.0.2.1,       false",
  })
  void isAtHome_byAddress(String peer, boolean home) {
    assertThat(CLIENTS.of(request(peer)).isAtHome()).isEqualTo(home);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-For: 192.168.1.5",
        "x-forwarded-for: ",
        "X-Forwarded-Host: nas",
        "X-Forwarded-Proto: https",
        "Forwarded: for=192.168.1.5",
        "Forwarded: by=x",
        "X-Real-IP: 192.168.1.5",
        "CF-Connecting-IP: 192.168.1.5",
        "CF-RAY: 1",
        "cf-visitor: x",
        "True-Client-IP: 192.168.1.5",
        "Via: 1.1 proxy",
      })
  void of_anyForwardingFieldFromAStranger_hidesThePlayer(String field) {
    Client client = CLIENTS.of(request("192.168.1.2", field));

    assertThat(client.isHidden()).isTrue();
    assertThat(client.isAtHome()).isFalse();
    assertThat(client.address()).isEqualTo(InetAddress.ofLiteral("192.168.1.2"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X-Forwarded-For: 192.168.1.5                          | 192.168.1.5  | true",
        "X-Forwarded-For: 8.8.8.8                              | 8.8.8.8      | false",
        "X-Forwarded-For: 192.168.1.5, 8.8.8.8                 | 8.8.8.8      | false",
        "X-Forwarded-For: 8.8.8.8, 192.168.1.5                 | 192.168.1.5  | true",
        "X-Forwarded-For: 8.8.8.8, 203.0.113.9                 | 8.8.8.8      | false",
        "X-Forwarded-For: 8.8.8.8,192.168.1.5 , 203.0.113.9    | 192.168.1.5  | true",
        "X-Forwarded-For: 192.168.1.5:4711                     | 192.168.1.5  | true",
        "X-Forwarded-For: [fd00::5]:4711                       | fd00::5      | true",
        "X-Forwarded-For: fd00::5                              | fd00::5      | true",
        "X-Forwarded-For: ::ffff:192.168.1.5                   | 192.168.1.5  | true",
        "X-Forwarded-For: 172.18.0.2                           | 172.18.0.2   | true",
        "Forwarded: for=192.168.1.5;proto=https;by=10.0.0.1    | 192.168.1.5  | true",
        "Forwarded: for=8.8.8.8, proto=http;For=\"[fd00::5]:9\" | fd00::5      | true",
        "Forwarded: for=8.8.8.8                                | 8.8.8.8      | false",
        "CF-Connecting-IP: 8.8.8.8                             | 8.8.8.8      | false",
        "X-Real-IP: 192.168.1.5                                | 192.168.1.5  | true",
      })
  void of_trustedProxy_namesThePlayer(String field, String address, boolean home) {
    Client client = CLIENTS.of(request(PROXY, field));

    assertThat(client.address()).isEqualTo(InetAddress.ofLiteral(address));
    assertThat(client.isHidden()).isFalse();
    assertThat(client.isAtHome()).isEqualTo(home);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-For: unknown",
        "X-Forwarded-For: 192.168.1.5, ",
        "X-Forwarded-For: 192.168.1.5, unknown",
        "X-Forwarded-For: 127.1",
        "X-Forwarded-For: 2130706433",
        "X-Forwarded-For: 0x7f.0.0.1",
        "X-Forwarded-For: 192.168.001.005",
        "X-Forwarded-For: fe80::1%eth0",
        "X-Forwarded-For: localhost",
        "X-Forwarded-For: ",
        "Forwarded: for=_hidden",
        "Forwarded: for=unknown",
        "Forwarded: proto=https",
        "Forwarded: x=\"for=192.168.1.5\"",
        "Via: 1.1 proxy",
        "CF-RAY: 1",
        "X-Forwarded-Proto: https",
      })
  void of_trustedProxyThatNamesNobody_hidesThePlayer(String field) {
    assertThat(CLIENTS.of(request(PROXY, field)).isAtHome()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // A proxy that adds to one kind of field forwards the others as the player sent them.
        "X-Forwarded-For: 8.8.8.8     | Forwarded: for=192.168.1.5",
        "X-Forwarded-For: 192.168.1.5 | Forwarded: for=8.8.8.8",
        "X-Forwarded-For: 192.168.1.5 | X-Real-IP: 8.8.8.8",
        "X-Forwarded-For: 192.168.1.5 | True-Client-IP: 8.8.8.8",
        "X-Forwarded-For: 192.168.1.5 | CF-Connecting-IP: unknown",
        // Two field lines of one name form one list.
        "X-Forwarded-For: 192.168.1.5 | X-Forwarded-For: 8.8.8.8",
      })
  void of_fieldsThatDisagree_theWorstCounts(String one, String other) {
    assertThat(CLIENTS.of(request(PROXY, one, other)).isAtHome()).isFalse();
  }

  private static Request request(String peer, String... lines) {
    Headers headers = new Headers().add("Host", "h");
    for (String line : lines) {
      int colon = line.indexOf(':');
      headers.add(line.substring(0, colon), line.substring(colon + 1).strip());
    }
    return new Request("id", "GET", "/", headers, true, InetAddress.ofLiteral(peer));
  }
}
