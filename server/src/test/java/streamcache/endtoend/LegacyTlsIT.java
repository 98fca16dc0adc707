package streamcache.endtoend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamcache.testkit.Answer;
import streamcache.testkit.Content;
import streamcache.testkit.RawClient;

/** Providers whose TLS is too old for Java: an {@code openssl s_server} each. */
final class LegacyTlsIT {

  private static final Content FILM = Content.of(/* seed= */ 12, 300_000);

  @TempDir private static Path provider;

  @TempDir private Path folder;

  @BeforeAll
  static void makeFilmAndCertificate() throws Exception {
    try (OutputStream file = Files.newOutputStream(provider.resolve("film.mkv"))) {
      file.write(
          ("HTTP/1.1 200 OK\r\nContent-Type: video/x-matroska\r\nConnection: close\r\n"
                  + "Content-Length: "
                  + FILM.length()
                  + "\r\n\r\n")
              .getBytes(ISO_8859_1));
      file.write(FILM.bytes());
    }
    run(
        "openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2"
            + " -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1");
  }

  @ParameterizedTest
  @CsvSource({
    "-tls1_2 -cipher AES128-SHA, %s, 1, 200",
    "-tls1_2 -cipher AES256-GCM-SHA384, %s, 1, 200",
    "-tls1_1 -cipher ALL@SECLEVEL=0, %s, 1, 200",
    "-tls1 -cipher ALL@SECLEVEL=0, %s, 1, 200",
    "-tls1_3, %s, 1, 200",
    // Not permitted at all, or for another provider only: the usual rules stand.
    "-tls1_2 -cipher AES128-SHA, %s, 0, 502",
    "-tls1_2 -cipher AES128-SHA, other.example, 1, 502",
    "-tls1_1 -cipher ALL@SECLEVEL=0, other.example, 1, 502",
    "-tls1 -cipher ALL@SECLEVEL=0, other.example, 1, 502",
    "-tls1_2 -cipher ECDHE-RSA-AES128-SHA, other.example, 1, 200",
    "-tls1_3, other.example, 1, 200",
  })
  void play_oldServer_onlyWithTheSettingForItsHost(
      String server, String host, String setting, int status) throws Exception {
    int port = freePort();
    Process openssl =
        start(
            "openssl s_server -accept 127.0.0.1:"
                + port
                + " -key key.pem -cert cert.pem -HTTP"
                + " -quiet "
                + server);
    Path config = Files.createDirectories(folder.resolve("config"));
    Files.write(
        config.resolve("streamcache.conf"),
        List.of(
            "DISABLE_SSL_VERIFY = 1",
            "[provider " + host.replace("%s", "127.0.0.1") + "]",
            "TLS_LEGACY = " + setting));
    try (Product product = Product.start(folder, Map.of())) {
      awaitListening(port, openssl);
      Answer answer =
          RawClient.get(
              product.address(),
              product.link("https://127.0.0.1:" + port + "/film.mkv"),
              "Accept: application/json");
      assertThat(answer.status()).isEqualTo(status);
      if (status == 200) {
        answer.check(FILM, 0, FILM.length());
      }
    } finally {
      openssl.destroyForcibly().waitFor();
    }
  }

  private static void run(String command) throws Exception {
    assertThat(start(command).waitFor()).as(command).isZero();
  }

  private static Process start(String command) throws IOException {
    List<String> words = new ArrayList<>(Arrays.asList(command.split(" ", -1)));
    return new ProcessBuilder(words)
        .directory(provider.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** The server takes a moment to listen; a connect that succeeds is the event. */
  private static void awaitListening(int port, Process openssl) throws InterruptedException {
    while (openssl.isAlive()) {
      try (Socket socket = new Socket("127.0.0.1", port)) {
        assertThat(socket.isConnected()).isTrue();
        return;
      } catch (IOException _) {
        Thread.onSpinWait();
      }
    }
    throw new AssertionError("openssl did not start");
  }
}
