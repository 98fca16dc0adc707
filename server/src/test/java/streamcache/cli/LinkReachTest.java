package streamcache.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whether the printed links say so when no other machine can use them. */
final class LinkReachTest {

  @Test
  void advice_nameOnTheNetwork_isNone() {
    assertThat(reach("nas", List.of("127.0.1.1", "192.168.1.5"), List.of()).advice()).isEmpty();
    assertThat(reach("nas", List.of("192.168.1.5"), List.of()).base()).isEqualTo("http://nas:8080");
  }

  @Test
  void advice_nameThatDoesNotResolve_proposesTheAddressesOfTheMachine() {
    assertThat(reach("nas", List.of(), List.of("192.168.1.5", "10.0.0.7")).advice())
        .hasValue(
            "No other machine can use this link: the name nas does not resolve. Set BASE_URL to"
                + " http://192.168.1.5:8080 or http://10.0.0.7:8080.");
  }

  @Test
  void advice_nameOfTheLoopback_saysThatItIsOnlyKnownHere() {
    assertThat(reach("debian", List.of("127.0.1.1", "::1"), List.of("192.168.1.5")).advice())
        .hasValueSatisfying(sentence ->
            assertThat(sentence)
                .contains("the name debian is that of this machine only")
                .endsWith("Set BASE_URL to http://192.168.1.5:8080."));
  }

  @Test
  void advice_nothingKnown_showsWhatAnAddressLooksLike() {
    assertThat(reach("nas", List.of(), List.of()).advice())
        .hasValueSatisfying(
            sentence -> assertThat(sentence).contains("such as http://192.168.1.20:8080"));
  }

  @Test
  void advice_nameOfAContainer_namesTheMachineThatRunsIt() {
    assertThat(reach("3f2a9c01bd7e", List.of("172.17.0.2"), List.of("172.17.0.2")).advice())
        .hasValueSatisfying(sentence ->
            assertThat(sentence)
                .contains("3f2a9c01bd7e is the name of a container", "the machine that runs it")
                .doesNotContain("172.17"));
  }

  static LinkReach reach(String host, List<String> found, List<String> own) {
    return new LinkReach(host, addresses(found), addresses(own), new LinkReach.Place("http", 8080));
  }

  private static List<InetAddress> addresses(List<String> literals) {
    return literals.stream().map(InetAddress::ofLiteral).toList();
  }
}
