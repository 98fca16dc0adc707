package streamcache.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.settings.Settings;
import streamcache.settings.SettingsException;

/** Which requests may go where; the test supplies addresses and makes no look-up or connection. */
final class EgressPolicyTest {

  private static final int OUR_PORT = 8080;
  private static final String PERMITTED = "permitted";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "8.8.8.8, true, true",
    "2606:4700::1111, true, true",
    "64:ff9b::8.8.8.8, true, true",
    "10.0.0.5, true, false",
    "172.16.0.5, true, false",
    "192.168.1.5, true, false",
    "100.64.0.5, true, false",
    "fd00::5, true, false",
    "64:ff9b::10.0.0.5, true, false",
    "127.0.0.1, false, false",
    "127.8.8.8, false, false",
    "::1, false, false",
    "::127.0.0.1, false, false",
    "64:ff9b::127.0.0.1, false, false",
    "2002:7f00:1::, false, false",
    "169.254.1.1, false, false",
    "fe80::1, false, false",
    "169.254.169.254, false, false",
    "64:ff9b::169.254.169.254, false, false",
    "100.100.100.200, false, false",
    "192.0.0.192, false, false",
    "fd00:ec2::254, false, false",
    "224.0.0.1, false, false",
    "ff02::1, false, false",
    "0.0.0.0, false, false",
    "::, false, false",
    "255.255.255.255, false, false",
    "198.18.0.1, false, false",
    "203.0.113.1, false, false",
  })
  void permitted_withoutSettings_byClassAndTrust(String address, boolean trusted, boolean others)
      throws SettingsException {
    EgressPolicy policy = policy(Map.of());
    for (boolean isRedirected : new boolean[] {false, true}) {
      assertThat(verdict(policy, "h", 80, isRedirected, true, address).equals(PERMITTED))
          .isEqualTo(trusted);
      assertThat(verdict(policy, "h", 80, isRedirected, false, address).equals(PERMITTED))
          .isEqualTo(others);
    }
  }

  /** EGRESS_ALLOW, EGRESS_DENY, host, port, address, permitted. */
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, '', h, 80, 127.0.0.1, true",
    "127.0.0.1, '', h, 80, 127.0.0.2, false",
    "127.0.0.1:5004, '', h, 5004, 127.0.0.1, true",
    "127.0.0.1:5004, '', h, 5005, 127.0.0.1, false",
    "127.0.0.0/8:5004, '', h, 5004, 127.9.9.9, true",
    "[::1]:5004, '', h, 5004, ::1, true",
    "[::1]:5004, '', h, 5005, ::1, false",
    "nas.lan, '', nas.lan, 80, 127.0.0.1, true",
    "nas.lan, '', lan, 80, 127.0.0.1, false",
    "nas.lan:81, '', nas.lan, 80, 127.0.0.1, false",
    "*.example.org, '', a.example.org, 80, 127.0.0.1, true",
    "*.example.org, '', a.b.example.org, 80, 127.0.0.1, true",
    "*.example.org, '', example.org, 80, 127.0.0.1, false",
    "*.example.org, '', a.example.orgx, 80, 127.0.0.1, false",
    "*.example.org, '', xexample.org, 80, 127.0.0.1, false",
    "127.0.0.1, '', h, 80, 64:ff9b::127.0.0.1, false",
    "64:ff9b::/96, '', h, 80, 64:ff9b::127.0.0.1, true",
    "'', 8.8.0.0/16, h, 80, 8.8.8.8, false",
    "'', 8.8.0.0/16, h, 80, 8.9.8.8, true",
    "'', 8.8.0.0/16, h, 80, 64:ff9b::8.8.8.8, false",
    "'', 8.8.8.8:81, h, 80, 8.8.8.8, true",
    "'', 8.8.8.8:81, h, 81, 8.8.8.8, false",
    "'', evil.example, evil.example, 80, 8.8.8.8, false",
    "'', *.example, evil.example, 80, 8.8.8.8, false",
    "'', *, h, 80, 8.8.8.8, false",
    // The more specific entry wins.
    "10.1.0.0/16, 10.0.0.0/8, h, 80, 10.1.1.1, true",
    "10.1.0.0/16, 10.0.0.0/8, h, 80, 10.2.1.1, false",
    "10.0.0.0/8, 10.1.0.0/16, h, 80, 10.1.1.1, false",
    "10.1.1.1, 10.1.0.0/16, h, 80, 10.1.1.1, true",
    "10.0.0.0/8:80, 10.0.0.0/8, h, 80, 10.1.1.1, true",
    "10.0.0.0/8, 10.0.0.0/8:80, h, 80, 10.1.1.1, false",
    "10.0.0.0/8:80, 10.1.0.0/16, h, 80, 10.1.1.1, false",
    "nas.lan, 10.0.0.0/8, nas.lan, 80, 10.1.1.1, true",
    "nas.lan, *.lan, nas.lan, 80, 10.1.1.1, true",
    "*.nas.lan, *.lan, a.nas.lan, 80, 10.1.1.1, true",
    "*.lan, *.nas.lan, a.nas.lan, 80, 10.1.1.1, false",
    "10.0.0.0/8, *, h, 80, 10.1.1.1, true",
    "*.lan, 0.0.0.0/0, a.lan, 80, 10.1.1.1, true",
    // A tie is denied.
    "10.0.0.0/8, 10.0.0.0/8, h, 80, 10.1.1.1, false",
    "10.0.0.0/8:80, 10.0.0.0/8:80, h, 80, 10.1.1.1, false",
    "nas.lan, 10.1.1.1, nas.lan, 80, 10.1.1.1, false",
    "nas.lan:80, 10.1.1.1, nas.lan, 80, 10.1.1.1, true",
    "*.lan, 10.0.0.0/8, a.lan, 80, 10.1.1.1, false",
    "*.lan:80, 10.0.0.0/8, a.lan, 80, 10.1.1.1, false",
    "*, 0.0.0.0/0, h, 80, 8.8.8.8, false",
    // One entry that loses does not undo another that wins.
    "'10.0.0.0/8,10.1.1.1', 10.1.0.0/16, h, 80, 10.1.1.1, true",
    "10.1.0.0/16, '10.0.0.0/8,10.1.1.1', h, 80, 10.1.1.1, false",
  })
  void permitted_entries_theMoreSpecificWins(
      String allow, String deny, String host, int port, String address, boolean expected)
      throws SettingsException {
    EgressPolicy policy = policy(Map.of("EGRESS_ALLOW", allow, "EGRESS_DENY", deny));
    String verdict = verdict(policy, host, port, false, true, address);
    assertThat(verdict.equals(PERMITTED)).as(verdict).isEqualTo(expected);
  }

  @Test
  void permitted_allowedPrivate_forEverybody() throws SettingsException {
    EgressPolicy policy = policy(Map.of("EGRESS_ALLOW", "10.0.0.0/8"));
    assertThat(verdict(policy, "h", 80, false, false, "10.1.1.1")).isEqualTo(PERMITTED);
    assertThat(verdict(policy, "h", 80, false, false, "192.168.1.1")).contains("not trusted");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0/0", "::/0", "169.254.0.0/16", "100.64.0.0/10", "h", "*"})
  void permitted_metadata_onlyByItsVeryAddress(String allow) throws SettingsException {
    List<String> metadata =
        List.of("169.254.169.254", "100.100.100.200", "fd00:ec2::254", "168.63.129.16");
    for (String address : metadata) {
      assertThat(verdict(policy(Map.of("EGRESS_ALLOW", allow)), "h", 80, false, true, address))
          .contains("cloud metadata");
      assertThat(verdict(policy(Map.of("EGRESS_ALLOW", address)), "h", 80, false, true, address))
          .isEqualTo(PERMITTED);
    }
  }

  @Test
  void permitted_ourOwnListener_neverWhateverIsAllowed() throws Exception {
    EgressPolicy policy =
        policy(Map.of("EGRESS_ALLOW", "*,0.0.0.0/0,::/0,127.0.0.1:8080,[::1]:8080"));
    List<String> own = new ArrayList<>(localAddresses());
    own.addAll(List.of("127.0.0.1", "127.7.7.7", "::1", "0.0.0.0", "::", "64:ff9b::127.0.0.1"));
    for (String address : own) {
      assertThat(verdict(policy, "h", OUR_PORT, true, true, address))
          .contains("is this server itself");
      assertThat(verdict(policy, "h", OUR_PORT + 1, true, true, address)).isEqualTo(PERMITTED);
    }
    assertThat(verdict(policy, "h", OUR_PORT, true, true, "10.99.99.99")).isEqualTo(PERMITTED);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 21, 22, 25, 53, 110, 143, 587, 2049, 6000, 6667, 10080})
  void permitted_portOfAnotherProtocol_refusedUnlessNamed(int port) throws SettingsException {
    assertThat(verdict(policy(Map.of()), "h", port, false, true, "8.8.8.8"))
        .contains("port that belongs to another protocol")
        .contains("EGRESS_ALLOW=8.8.8.8:" + port);
    assertThat(
            verdict(policy(Map.of("EGRESS_ALLOW", "8.8.8.8")), "h", port, false, true, "8.8.8.8"))
        .contains("port that belongs to another protocol");
    Map<String, String> named = Map.of("EGRESS_ALLOW", "h:" + port);
    assertThat(verdict(policy(named), "h", port, false, true, "8.8.8.8")).isEqualTo(PERMITTED);
  }

  @Test
  void permitted_everyUsualPort_passes() throws SettingsException {
    EgressPolicy policy = policy(Map.of());
    for (int port : new int[] {80, 81, 443, 2052, 2082, 2086, 2095, 8000, 8080, 8443, 25461}) {
      assertThat(verdict(policy, "h", port, false, true, "8.8.8.8")).isEqualTo(PERMITTED);
    }
  }

  @Test
  void permitted_mixedAnswers_keepsThePermittedInTheirOrder() throws Exception {
    List<InetAddress> addresses =
        addresses("127.0.0.1", "9.9.9.9", "10.0.0.1", "169.254.169.254", "8.8.8.8", "::1");
    Destination trusted = new Destination("h", 80, false, true);
    Destination others = new Destination("h", 80, false, false);
    assertThat(policy(Map.of()).permitted(trusted, addresses))
        .isEqualTo(addresses("9.9.9.9", "10.0.0.1", "8.8.8.8"));
    assertThat(policy(Map.of()).permitted(others, addresses))
        .isEqualTo(addresses("9.9.9.9", "8.8.8.8"));
  }

  /** ALLOWED_REDIRECTS, host, address, whether a link may name it, whether a redirect may. */
  @ParameterizedTest
  @CsvSource({
    "any, a.example, 8.8.8.8, true, true",
    "any, cdn.example, 9.9.9.9, false, true",
    "any, nas.lan, 10.0.0.1, false, false",
    "any, box.lan, 192.168.7.7, true, true",
    "any, vpn.lan, 172.16.0.9, false, true",
    "any, home, 127.0.0.1, false, false",
    "listed, a.example, 8.8.8.8, true, true",
    "listed, x.films.example, 8.8.8.8, true, true",
    "listed, cdn.example, 9.9.9.9, false, false",
    "listed, box.lan, 192.168.7.7, true, true",
    "listed, vpn.lan, 172.16.0.9, false, false",
  })
  void permitted_allowedHosts_aloneAndRedirectsByTheirSetting(
      String redirects, String host, String address, boolean link, boolean redirect)
      throws SettingsException {
    EgressPolicy policy =
        policy(
            Map.of(
                "ALLOWED_HOSTS", "a.example,*.films.example,192.168.7.0/24:80",
                "ALLOWED_REDIRECTS", redirects,
                "EGRESS_ALLOW", "172.16.0.9"));
    assertThat(verdict(policy, host, 80, false, true, address).equals(PERMITTED)).isEqualTo(link);
    assertThat(verdict(policy, host, 80, true, true, address).equals(PERMITTED))
        .isEqualTo(redirect);
    String otherPort = verdict(policy, "box.lan", 81, false, true, "192.168.7.7");
    assertThat(otherPort).contains("not in ALLOWED_HOSTS");
  }

  @Test
  void permitted_listedLoopback_stillRefused() throws SettingsException {
    EgressPolicy policy = policy(Map.of("ALLOWED_HOSTS", "127.0.0.1"));
    assertThat(verdict(policy, "127.0.0.1", 80, false, true, "127.0.0.1")).contains("loopback");
  }

  @Test
  void admit_nameThatCannotBeListed_refusedBeforeTheLookUp() throws Exception {
    EgressPolicy names = policy(Map.of("ALLOWED_HOSTS", "a.example:80"));
    assertThat(admission(names, "b.example", 80, false)).contains("not in ALLOWED_HOSTS");
    assertThat(admission(names, "a.example", 81, false)).contains("not in ALLOWED_HOSTS");
    assertThat(admission(names, "a.example", 80, false)).isEqualTo(PERMITTED);
    assertThat(admission(names, "b.example", 80, true)).isEqualTo(PERMITTED);
    EgressPolicy blocks = policy(Map.of("ALLOWED_HOSTS", "10.0.0.0/8"));
    assertThat(admission(blocks, "b.example", 80, false)).isEqualTo(PERMITTED);
    EgressPolicy strict = policy(Map.of("ALLOWED_HOSTS", "a", "ALLOWED_REDIRECTS", "listed"));
    assertThat(admission(strict, "b.example", 80, true)).contains("ALLOWED_REDIRECTS");
  }

  @Test
  void refusal_tellsTheOperatorWhereAndWhatWouldAllowIt() throws SettingsException {
    EgressPolicy policy = policy(Map.of("EGRESS_DENY", "9.9.9.9"));
    assertThat(verdict(policy, "nas.lan", 5004, false, true, "127.0.0.1"))
        .isEqualTo(
            "nas.lan at 127.0.0.1:5004 is a loopback address; EGRESS_ALLOW=127.0.0.1:5004 would"
                + " allow it");
    assertThat(verdict(policy, "10.0.0.1", 80, true, false, "10.0.0.1"))
        .isEqualTo(
            "redirect to 10.0.0.1:80 is a private address and the client is not trusted;"
                + " EGRESS_ALLOW=10.0.0.1:80 would allow it");
    assertThat(verdict(policy, "fe80::1", 80, false, true, "fe80::1"))
        .isEqualTo(
            "[fe80:0:0:0:0:0:0:1]:80 is a link-local address;"
                + " EGRESS_ALLOW=[fe80:0:0:0:0:0:0:1]:80 would allow it");
    assertThat(verdict(policy, "9.9.9.9", 80, false, true, "9.9.9.9"))
        .isEqualTo("9.9.9.9:80 is refused by EGRESS_DENY");
  }

  /** Following the advice of any refusal permits the address. */
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "fe80::1", "169.254.169.254", "fd00:ec2::254", "10.0.0.1"})
  void refusal_itsAdviceTaken_permits(String address) throws SettingsException {
    String refusal = verdict(policy(Map.of()), "h", 25, false, false, address);
    String entry = refusal.replaceFirst(".*EGRESS_ALLOW=(\\S+) would.*", "$1");
    assertThat(verdict(policy(Map.of("EGRESS_ALLOW", entry)), "h", 25, false, false, address))
        .isEqualTo(PERMITTED);
  }

  private EgressPolicy policy(Map<String, String> flags) throws SettingsException {
    Settings settings = Settings.load(flags, Map.of("CONFIG_DIR", folder.toString()));
    return new EgressPolicy(settings.fill().egress(), () -> OUR_PORT);
  }

  private static String verdict(
      EgressPolicy policy,
      String host,
      int port,
      boolean isRedirected,
      boolean isTrusted,
      String address) {
    try {
      Destination to = new Destination(host, port, isRedirected, isTrusted);
      assertThat(policy.permitted(to, addresses(address))).isEqualTo(addresses(address));
      return PERMITTED;
    } catch (OriginException e) {
      assertThat(e.failure()).isInstanceOf(Failure.Forbidden.class);
      return e.failure().detail();
    }
  }

  private static String admission(
      EgressPolicy policy, String host, int port, boolean isRedirected) {
    try {
      policy.admit(new Destination(host, port, isRedirected, true));
      return PERMITTED;
    } catch (OriginException e) {
      return e.failure().detail();
    }
  }

  private static List<InetAddress> addresses(String... literals) {
    return Arrays.stream(literals).map(InetAddress::ofLiteral).toList();
  }

  private static List<String> localAddresses() throws SocketException {
    return NetworkInterface.networkInterfaces()
        .flatMap(each -> each.getInterfaceAddresses().stream())
        .map(InterfaceAddress::getAddress)
        .map(address -> address.getHostAddress().replaceFirst("%.*", ""))
        .toList();
  }
}
