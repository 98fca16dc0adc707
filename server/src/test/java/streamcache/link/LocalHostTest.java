package streamcache.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LocalHostTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true",
    "127.9.9.9, true",
    "10.0.0.2, true",
    "172.16.0.1, true",
    "172.32.0.1, false",
    "192.168.1.10, true",
    "100.64.0.1, true",
    "169.254.1.1, true",
    "8.8.8.8, false",
    "[::1], true",
    "[fd00::2], true",
    "[fe80::2], true",
    "[2606:4700::1], false",
    "localhost, true",
    "nas, true",
    "nas.local, true",
    "nas.lan, true",
    "nas.home.arpa, true",
    "media.internal, true",
    "panel.example.org, false",
    "home.example.org, false",
    "local.example.org, false",
    "mylan.example, false",
  })
  void isLocal_hostsOfEveryKind(String host, boolean expected) throws BadLink {
    Link link = new LinkCodec().decode(new LinkCodec().encode("http://" + host + "/film.mkv"));
    assertThat(link.isLocal()).isEqualTo(expected);
  }
}
