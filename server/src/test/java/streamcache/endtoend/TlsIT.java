package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.testkit.BodyEnd;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.Cut;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.TestCertificate;
import streamcache.testkit.process.Run;

/** Players that connect over TLS. */
final class TlsIT {

  private static final int MIB = 1 << 20;
  private static final Content FILM = Content.of(51, 9L * MIB + 11);
  private static final TestCertificate CERTIFICATE = TestCertificate.shared();
  private static final String JDK_ONLY = "-Dio.netty.handler.ssl.noOpenSsl=true";
  private static final Pattern PORT = Pattern.compile("listens on https://\\S+:(\\d+)/");

  @TempDir Path folder;

  private final ScriptedOrigin provider =
      ScriptedOrigin.start().serve("/film.mkv", Script.of(FILM));
  private Path certificate;
  private Path key;

  @BeforeEach
  void writeFiles() {
    certificate = folder.resolve("tls.crt");
    key = folder.resolve("tls.key");
    CERTIFICATE.writePem(certificate, key);
  }

  @AfterEach
  void closeProvider() {
    provider.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", JDK_ONLY})
  void film_overTls_isTheSameToTheByte(String options) throws IOException {
    try (Product product = start(options)) {
      String link = product.link(provider.url("/film.mkv"));
      try (CheckedStream player = client(product).stream(link, FILM)) {
        assertThat(player.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
        assertThat(player.bytes()).isEqualTo(FILM.length());
      }
      provider.awaitIdle();
      try (RawClient player = client(product)) {
        for (long length : new long[] {1, 20_000, 65_536, 65_537, MIB, 3L * MIB}) {
          player.request("GET", link, RawClient.range(MIB, MIB + length));
          player.answer().check(FILM, MIB, MIB + length);
        }
        player.request("HEAD", link);
        assertThat(player.answerToHead().header("Content-Length"))
            .contains(Long.toString(FILM.length()));
      }
      assertThat(provider.requests("/film.mkv")).hasSize(1);
      assertThat(product.process().output()).doesNotContain("ERROR");
    }
  }

  /** A failed response must not end with a TLS close_notify, which would mark it as complete. */
  @Test
  void filmThatCannotBeFinished_isCut() throws IOException {
    provider.serve(
        "/cut.mkv",
        Script.of(FILM)
            .ranges(Script.Ranges.IGNORED)
            .onRequest(1, script -> script.cutAfter(2L * MIB, Cut.RESET))
            .fromRequest(2, _ -> Script.status(404)));
    try (Product product = start("");
        CheckedStream player =
            client(product).stream(product.link(provider.url("/cut.mkv")), FILM)) {
      assertThat(player.awaitEnd()).isEqualTo(BodyEnd.RESET);
    }
  }

  @Test
  void players_thatAreToldToAcceptTheCertificate_play() throws IOException {
    try (Product product = start("")) {
      String url =
          "https://127.0.0.1:%d%s/film.mkv"
              .formatted(product.address().getPort(), product.link(provider.url("/film.mkv")));
      Path copy = folder.resolve("curl.mkv");
      Run curl = Run.of(List.of("curl", "-sS", "-k", "-o", copy.toString(), url));
      assertThat(curl.exitCode()).as(curl.err()).isZero();
      FILM.check(0, Files.readAllBytes(copy));
      Path second = folder.resolve("ffmpeg.mkv");
      Run ffmpeg =
          Run.of(
              List.of(
                  "ffmpeg",
                  "-v",
                  "error",
                  "-tls_verify",
                  "0",
                  "-f",
                  "data",
                  "-i",
                  url,
                  "-map",
                  "0",
                  "-c",
                  "copy",
                  "-f",
                  "data",
                  second.toString()));
      assertThat(ffmpeg.exitCode()).as(ffmpeg.err()).isZero();
      FILM.check(0, Files.readAllBytes(second));
    }
  }

  @Test
  void handshake_versionsAndProtocols_areTheModernOnesAndHttp11() throws Exception {
    try (Product product = start("")) {
      assertThat(handshake(product, "TLSv1.3").getApplicationProtocol()).isEqualTo("http/1.1");
      assertThat(handshake(product, "TLSv1.2").getSession().getProtocol()).isEqualTo("TLSv1.2");
      try (RawClient plain = RawClient.connect(product.address())) {
        plain.request("GET", "/healthz");
        plain.awaitClose();
      }
      Run health =
          Product.run(
              folder,
              settings("", Map.of("PORT", Integer.toString(product.address().getPort()))),
              "health");
      assertThat(health.out()).startsWith("ok");
      assertThat(product.process().output()).doesNotContain("ERROR", "Exception");
    }
  }

  @Test
  void files_changed_areTakenOverAndBrokenOnesAreNot() throws Exception {
    TestCertificate next = TestCertificate.make("CN=next", "dns:localhost,ip:127.0.0.1");
    try (Product product = start("")) {
      String first = subject(product, CERTIFICATE);
      Files.writeString(certificate, "rubbish");
      product.process().awaitLine(Pattern.compile("WARN.*new certificate is invalid"));
      assertThat(subject(product, CERTIFICATE)).isEqualTo(first);
      next.writePem(folder.resolve("next.crt"), folder.resolve("next.key"));
      Files.move(folder.resolve("next.key"), key, StandardCopyOption.REPLACE_EXISTING);
      Files.move(folder.resolve("next.crt"), certificate, StandardCopyOption.REPLACE_EXISTING);
      product.process().awaitLine(Pattern.compile("a new certificate is in use"));
      assertThat(subject(product, next)).isEqualTo("CN=next");
    }
  }

  @Test
  void settings_thatCannotWork_oneSentenceAndNoStart() throws IOException {
    TestCertificate other = TestCertificate.make("CN=other", "dns:localhost");
    other.writePem(folder.resolve("other.crt"), folder.resolve("other.key"));
    expectNoStart(Map.of("TLS_KEY", ""), "TLS_CERT is set without TLS_KEY");
    expectNoStart(Map.of("TLS_CERT", ""), "TLS_KEY is set without TLS_CERT");
    expectNoStart(Map.of("TLS_CERT", folder.resolve("none") + ""), "TLS_CERT is ");
    expectNoStart(Map.of("TLS_KEY", folder.resolve("other.key") + ""), "does not match TLS_CERT");
    expectNoStart(Map.of("TLS_CERT", key.toString()), "contains no certificate in PEM format");
    expectNoStart(Map.of("TLS_KEY", certificate.toString()), "BEGIN PRIVATE KEY");
  }

  private void expectNoStart(Map<String, String> change, String sentence) {
    Run run = Product.run(folder, settings("", change), "serve");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(sentence);
    assertThat(run.err().lines()).hasSize(1);
  }

  private Map<String, String> settings(String options, Map<String, String> change) {
    Map<String, String> settings =
        new HashMap<>(Map.of("TLS_CERT", certificate.toString(), "TLS_KEY", key.toString()));
    if (!options.isEmpty()) {
      settings.put("JDK_JAVA_OPTIONS", options);
    }
    settings.putAll(change);
    return settings;
  }

  private Product start(String options) {
    return Product.start(folder, settings(options, Map.of()), PORT);
  }

  private static RawClient client(Product product) throws IOException {
    return RawClient.connectTls(product.address(), CERTIFICATE.context());
  }

  private static SSLSocket handshake(Product product, String version) throws IOException {
    SSLSocket socket = socket(product, CERTIFICATE.context());
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setProtocols(new String[] {version});
    parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    socket.close();
    return socket;
  }

  private static String subject(Product product, TestCertificate trusted) throws IOException {
    try (SSLSocket socket = socket(product, trusted.context())) {
      socket.startHandshake();
      X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return shown.getSubjectX500Principal().getName();
    } catch (SSLHandshakeException e) {
      return "another certificate";
    }
  }

  private static SSLSocket socket(Product product, SSLContext context) throws IOException {
    Socket socket =
        context.getSocketFactory().createSocket("127.0.0.1", product.address().getPort());
    socket.setSoTimeout(20_000);
    return (SSLSocket) socket;
  }
}
