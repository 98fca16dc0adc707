package streamcache.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EgressSettingsTest {

  @TempDir Path folder;

  @Test
  void load_nothingSet_namesNoPlace() throws SettingsException {
    assertThat(load(Map.of()))
        .isEqualTo(new EgressSettings(List.of(), List.of(), List.of(), RedirectPolicy.ANY));
  }

  @Test
  void load_everySetting_reachesItsPlace() throws SettingsException {
    EgressSettings egress =
        load(
            Map.of(
                "EGRESS_ALLOW", "127.0.0.1:5004,nas.lan",
                "EGRESS_DENY", " 10.0.0.0/8 , ",
                "ALLOWED_HOSTS", "a.example\tb.example",
                "ALLOWED_REDIRECTS", "listed"));
    assertThat(egress)
        .isEqualTo(
            new EgressSettings(
                List.of(block("127.0.0.1", 32, 5004), host("nas.lan", 0)),
                List.of(block("10.0.0.0", 8, 0)),
                List.of(host("a.example", 0), host("b.example", 0)),
                RedirectPolicy.LISTED));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.5, 10.0.0.5, 32, 0",
    "10.0.0.0/8, 10.0.0.0, 8, 0",
    "0.0.0.0/0, 0.0.0.0, 0, 0",
    "10.0.0.0/8:8080, 10.0.0.0, 8, 8080",
    "192.168.1.5:65535, 192.168.1.5, 32, 65535",
    "::1, ::1, 128, 0",
    "fd00::/8, fd00::, 8, 0",
    "[::1], ::1, 128, 0",
    "[FD00::1]:80, fd00::1, 128, 80",
    "[fd00::/8]:80, fd00::, 8, 80",
    "64:ff9b::127.0.0.1, 64:ff9b::7f00:1, 128, 0",
  })
  void load_addressesAndBlocks_understood(String written, String network, int bits, int port)
      throws SettingsException {
    assertThat(load(Map.of("EGRESS_ALLOW", written)).allow())
        .containsExactly(block(network, bits, port));
  }

  @ParameterizedTest
  @CsvSource({
    "NAS.Lan, nas.lan, 0",
    "my_provider, my_provider, 0",
    "nas.lan., nas.lan, 0",
    "*.example.org, *.example.org, 0",
    "cdn-*.example.org:8443, cdn-*.example.org, 8443",
    "*, *, 0",
    "*:8080, *, 8080",
    "b\u00fccher.example, xn--bcher-kva.example, 0",
    "1und1.example, 1und1.example, 0",
    "fe80, fe80, 0",
  })
  void load_hosts_understood(String written, String glob, int port) throws SettingsException {
    assertThat(load(Map.of("EGRESS_ALLOW", written)).allow()).containsExactly(host(glob, port));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0/33",
        "10.0.0.0/",
        "10.0.0/8",
        "10.0.0.256",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "010.0.0.1",
        "192.168.*",
        "192.168.1.1-9",
        "10.0.0.1:0",
        "10.0.0.1:65536",
        "10.0.0.1:http",
        "[::1",
        "::1]",
        "[::1]:",
        "[10.0.0.1]:80x",
        "fd00::/129",
        "fe80::1%eth0",
        "1:2:3",
        ":80",
        "http://nas.lan",
        "nas.lan/films",
        "user@nas.lan",
        "a..b",
        ".example.org",
        "*.*",
        "nas.lan:",
        "x\u0000y",
        "nas.lan;nas2.lan",
        "good.example,http://evil"
      })
  void load_whatIsNoPlace_stopsTheStart(String written) {
    for (String name : List.of("EGRESS_ALLOW", "EGRESS_DENY", "ALLOWED_HOSTS")) {
      SettingsException refused =
          catchThrowableOfType(SettingsException.class, () -> load(Map.of(name, written)));
      assertThat(refused.problems())
          .singleElement()
          .asString()
          .startsWith(name + " is '")
          .contains("expected a comma-separated list of addresses, CIDR blocks and host names");
    }
  }

  private EgressSettings load(Map<String, String> flags) throws SettingsException {
    return Settings.load(flags, Map.of("CONFIG_DIR", folder.toString())).fill().egress();
  }

  private static EgressEntry block(String network, int bits, int port) {
    return new EgressEntry(new EgressEntry.Block(InetAddress.ofLiteral(network), bits), port(port));
  }

  private static EgressEntry host(String glob, int port) {
    return new EgressEntry(new EgressEntry.Host(glob), port(port));
  }

  private static OptionalInt port(int port) {
    return port == 0 ? OptionalInt.empty() : OptionalInt.of(port);
  }
}
