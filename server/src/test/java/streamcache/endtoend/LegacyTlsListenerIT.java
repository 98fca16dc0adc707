package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamcache.testkit.process.Run;

/**
 * {@code TLS_LEGACY} permits old TLS to the providers it names, and nothing to players: also where
 * BoringSSL does not load, so that players are served by the JDK, whose list of forbidden
 * algorithms is then shorter.
 */
final class LegacyTlsListenerIT {

  private static final Pattern PORT = Pattern.compile("listens on https://\\S+:(\\d+)/");

  private static final List<String> OLD =
      List.of(
          "-tls1 -cipher ALL@SECLEVEL=0",
          "-tls1_1 -cipher ALL@SECLEVEL=0",
          "-tls1_2 -cipher AES128-SHA@SECLEVEL=0",
          "-tls1_2 -cipher AES128-GCM-SHA256@SECLEVEL=0",
          "-tls1_2 -cipher AES256-SHA@SECLEVEL=0");

  private static final List<String> MODERN =
      List.of("-tls1_3", "-tls1_2", "-tls1_2 -cipher ECDHE-RSA-AES128-GCM-SHA256");

  @TempDir private Path folder;

  private Path certificate;
  private Path key;

  /** With an RSA key: without one, no client could use it for the key exchange. */
  @BeforeEach
  void makeCertificate() throws Exception {
    certificate = folder.resolve("tls.crt");
    key = folder.resolve("tls.key");
    String command =
        "openssl req -x509 -newkey rsa:2048 -nodes -keyout %s -out %s -days 2 -subj /CN=127.0.0.1";
    assertThat(run(command.formatted(key, certificate)).exitCode()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "'-Dio.netty.handler.ssl.noOpenSsl=true', 1",
    "'-Dio.netty.handler.ssl.noOpenSsl=true', 0",
    "'', 1"
  })
  void handshake_ofPlayers_isModernWhateverProvidersMay(String options, String setting)
      throws Exception {
    Path config = Files.createDirectories(folder.resolve("config"));
    Files.write(
        config.resolve("streamcache.conf"),
        List.of("[provider old.example]", "TLS_LEGACY = " + setting));
    Map<String, String> settings =
        Map.of(
            "TLS_CERT", certificate.toString(),
            "TLS_KEY", key.toString(),
            "JDK_JAVA_OPTIONS", options);
    try (Product product = Product.start(folder, settings, PORT)) {
      int port = product.address().getPort();
      for (String client : MODERN) {
        assertThat(connects(port, client)).as(client).isTrue();
      }
      for (String client : OLD) {
        assertThat(connects(port, client)).as(client).isFalse();
      }
    }
  }

  private static boolean connects(int port, String options) {
    Run client = run("openssl s_client -connect 127.0.0.1:" + port + " " + options);
    String said = client.out() + client.err();
    assertThat(said).as("the client itself is able to").doesNotContain("no ciphers available");
    return client.exitCode() == 0 && !said.contains("Cipher is (NONE)");
  }

  private static Run run(String command) {
    return Run.of(List.of(command.split(" ", -1)));
  }
}
