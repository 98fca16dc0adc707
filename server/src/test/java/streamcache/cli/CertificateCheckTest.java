package streamcache.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import streamcache.testkit.TestCertificate;

/** What the doctor says about the certificate of an https address. */
final class CertificateCheckTest {

  private static final TestCertificate OWN = TestCertificate.shared();

  private static String told(TestCertificate served, SSLContext trust, Duration later)
      throws IOException {
    Findings findings = new Findings();
    try (ServerSocket socket =
        served
            .context()
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> accept(socket));
      WebPlace place = new WebPlace("127.0.0.1", socket.getLocalPort(), true, "127.0.0.1");
      InstantSource clock = InstantSource.offset(InstantSource.system(), later);
      new CertificateCheck(place, trust, clock, findings).examine();
    }
    assertThat(findings.all()).hasSize(1);
    return findings.all().getFirst().line();
  }

  private static void accept(ServerSocket server) {
    try {
      while (true) {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> shake(client));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private static void shake(Socket client) {
    try (client) {
      int _ = client.getInputStream().read();
    } catch (IOException refused) {
      // By the client, as it may.
    }
  }

  @Test
  void examine_validCertificate_saysForHowLong() throws IOException {
    assertThat(told(OWN, OWN.context(), Duration.ZERO))
        .matches("OK    certificate: that of 127\\.0\\.0\\.1 is valid for (29|30) days more");
  }

  @Test
  void examine_endsSoon_orHasEnded_isToBeMended() throws IOException {
    assertThat(told(OWN, OWN.context(), Duration.ofDays(25)))
        .startsWith("FIX   certificate: ")
        .endsWith("find out why it was not renewed");
    assertThat(told(OWN, OWN.context(), Duration.ofDays(40))).contains("has expired on");
    assertThat(told(OWN, OWN.context(), Duration.ofDays(-9))).contains("is valid from");
  }

  @Test
  void examine_ofAnotherName_orAnUnknownAuthority_saysWhich() throws Exception {
    TestCertificate other = TestCertificate.make("CN=other", "dns:other.example");
    assertThat(told(other, other.context(), Duration.ZERO)).contains("is for another name");
    assertThat(told(OWN, SSLContext.getDefault(), Duration.ZERO))
        .contains("of no authority that this machine knows");
  }

  @Test
  void examine_nothingAnswers_saysNothing() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Findings findings = new Findings();
    WebPlace place = new WebPlace("127.0.0.1", port, true, "127.0.0.1");
    new CertificateCheck(place, OWN.context(), () -> Instant.EPOCH, findings).examine();
    assertThat(findings.all()).isEmpty();
  }
}
