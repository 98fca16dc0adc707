package streamcache.endtoend;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import streamcache.testkit.Answer;
import streamcache.testkit.Content;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;

/** Kodi's {@code |verifypeer=false} in a link decides nothing; the error says what does. */
final class VerifyPeerTest {

  private static final Content FILM = Content.of(/* seed= */ 9, 100_000);
  private static final String SUFFIX = "|User-Agent=Kodi&verifypeer=false";

  private static final String SENTENCE =
      "the link asks not to verify the certificate (verifypeer=false), which takes"
          + " DISABLE_SSL_VERIFY = 1 in the block of its host";

  private static Answer play(Rig rig, String url) throws IOException {
    return RawClient.get(rig.address(), rig.linkTo(url));
  }

  private static void answerInPlainText(ServerSocket server) {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
      } catch (IOException _) {
        // The client or the test has ended.
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'|User-Agent=Kodi&verifypeer=false', true",
    "'|VerifyPeer=False', true",
    "'|verifypeer=true', false",
    "'|User-Agent=verifypeer=false', false",
    "'', false",
  })
  void certificateRejected_toldWhatTheLinkAsksFor(String suffix, boolean isTold) throws Exception {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    root.addAppender(log);
    try (Rig rig = Rig.start();
        ScriptedOrigin tls = ScriptedOrigin.startTls().serve("/film.mkv", Script.of(FILM))) {
      Answer answer = play(rig, tls.url("/film.mkv?token=canary") + suffix);
      assertThat(answer.status()).isEqualTo(502);
      assertThat(answer.text().contains(SENTENCE)).as(answer.text()).isEqualTo(isTold);
      assertThat(answer.text()).doesNotContain("canary");
      assertThat(tls.requests("/film.mkv")).isEmpty();
    } finally {
      root.detachAppender(log);
    }
    assertThat(log.list)
        .filteredOn(event -> event.getMessage().equals("title-failed"))
        .isNotEmpty()
        .allMatch(event -> String.valueOf(event.getKeyValuePairs()).contains(SENTENCE) == isTold);
  }

  @Test
  void certificateRejected_settingForItsHost_plays() throws Exception {
    try (Rig rig = Rig.set("[provider 127.0.0.1]", "DISABLE_SSL_VERIFY = 1");
        ScriptedOrigin tls = ScriptedOrigin.startTls().serve("/film.mkv", Script.of(FILM))) {
      play(rig, tls.url("/film.mkv") + SUFFIX).check(FILM, 0, FILM.length());
    }
  }

  /** The setting would not help: nothing is wrong with the certificate. */
  @Test
  void handshakeFails_withoutACertificate_saysNothingOfThat() throws Exception {
    try (Rig rig = Rig.start();
        ServerSocket plain = new ServerSocket(0)) {
      Thread.ofVirtual().start(() -> answerInPlainText(plain));
      Answer answer = play(rig, "https://127.0.0.1:" + plain.getLocalPort() + "/film.mkv" + SUFFIX);
      assertThat(answer.status()).isEqualTo(502);
      assertThat(answer.text()).doesNotContain("verifypeer", "certificate (");
    }
  }
}
