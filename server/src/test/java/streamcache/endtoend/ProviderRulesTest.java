package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import streamcache.link.LinkForm;
import streamcache.testkit.Answer;
import streamcache.testkit.BodyEnd;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.RawClient;
import streamcache.testkit.RecordedRequest;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.StreamLimit;

/** The settings for a provider apply to its requests and to no others. */
final class ProviderRulesTest {

  private static final long MIB = 1 << 20;
  private static final String FILM = "/film.mkv";
  private static final Content CONTENT = Content.of(/* seed= */ 3, 3 * MIB + 7);
  private static final String VLC = "User-Agent: VLC/3.0.20 LibVLC/3.0.20";

  @Test
  void agentAndHeaders_reachTheProviderAndItsCdn_credentialsDoNot() throws IOException {
    try (ScriptedOrigin cdn = ScriptedOrigin.start().serve(FILM, Script.of(CONTENT));
        Rig rig =
            Rig.set(
                "[provider 127.0.0.1]",
                "AGENT = Nobody/1",
                "HEADER = X-Key: all",
                "HEADER = Cookie: a=b",
                "HEADER = Authorization: Bearer canary",
                "HEADER = Referer: http://site.example/",
                "[provider %s]",
                "AGENT = IPTV Smarters/2.2",
                "HEADER = X-Key: this one")) {
      rig.serve(FILM, Script.redirect(cdn.url(FILM)));
      rig.get(FILM, VLC).check(CONTENT, 0, CONTENT.length());
      RecordedRequest asked = rig.origin().requests().getFirst();
      assertThat(asked.header("User-Agent")).contains("IPTV Smarters/2.2");
      assertThat(asked.header("X-Key")).contains("this one");
      assertThat(asked.header("Cookie")).contains("a=b");
      RecordedRequest handedOver = cdn.requests().getFirst();
      assertThat(handedOver.header("User-Agent")).contains("IPTV Smarters/2.2");
      assertThat(handedOver.header("X-Key")).contains("this one");
      assertThat(handedOver.header("Referer")).contains("http://site.example/");
      assertThat(handedOver.header("Authorization")).isEmpty();
      assertThat(handedOver.header("Cookie")).isEmpty();
    }
  }

  /** A link is more specific than a provider about what its title needs. */
  @Test
  void agentOfALink_winsOverThatOfTheProvider() throws IOException {
    try (Rig rig = Rig.set("[provider *]", "AGENT = all", "HEADER = Referer: http://all/")) {
      rig.serve(FILM, Script.of(CONTENT));
      String url = rig.origin().url(FILM) + "|User-Agent=own&Referer=http://own/";
      RawClient.get(rig.address(), rig.linkTo(url)).check(CONTENT, 0, CONTENT.length());
      RecordedRequest asked = rig.origin().requests().getFirst();
      assertThat(asked.header("User-Agent")).contains("own");
      assertThat(asked.header("Referer")).contains("http://own/");
    }
  }

  /** Its ranges are wrong, so it gets no range request, and a far range waits for the whole. */
  @Test
  void noRange_providerNeverSeesOne() throws IOException {
    try (Rig rig = Rig.set("[provider *]", "NO_RANGE = 1")) {
      rig.serve(FILM, Script.of(CONTENT).rangeOff(5).pace(8 * MIB));
      try (CheckedStream play = rig.stream(FILM, CONTENT)) {
        play.awaitBytes(1);
        long from = CONTENT.length() - 1000;
        rig.get(FILM, RawClient.rangeFrom(from)).check(CONTENT, from, CONTENT.length());
        assertThat(play.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      }
      assertThat(rig.origin().requests(FILM)).hasSize(1);
      assertThat(rig.origin().requests(FILM).getFirst().range()).isEmpty();
    }
  }

  /** A parameter that differs from link to link does not create another title. */
  @Test
  void droppedParameter_oneTitleInEveryForm() throws Exception {
    try (Rig rig = Rig.set("[provider *]", "DROP_PARAMETERS = token, t")) {
      rig.serve(FILM, Script.of(CONTENT));
      Answer first = rig.get(FILM + "?token=one&id=7");
      first.check(CONTENT, 0, CONTENT.length());
      rig.origin().awaitIdle();
      String sealed = rig.link(LinkForm.SEALED, FILM + "?id=7&token=two&t=3", Optional.empty());
      String signed = rig.link(LinkForm.SIGNED, FILM + "?t=4&id=7", Optional.empty());
      for (String link : new String[] {sealed, signed}) {
        Answer again = RawClient.get(rig.address(), link);
        again.check(CONTENT, 0, CONTENT.length());
        assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
      }
      assertThat(rig.origin().requests(FILM)).hasSize(1);
      rig.get(FILM + "?token=one&id=8").check(CONTENT, 0, CONTENT.length());
      assertThat(rig.origin().requests(FILM)).as("id tells titles apart").hasSize(2);
    }
  }

  @Test
  void maxConnectionsAndCoolDown_areKept() throws IOException {
    StreamLimit budget = StreamLimit.of(2, 403).coolDown(Duration.ofSeconds(1)).banAfter(1);
    try (Rig rig = Rig.set("[provider *]", "MAX_CONNECTIONS = 2", "COOL_DOWN = 1500ms")) {
      rig.origin().budget(budget);
      for (int title = 0; title < 4; title++) {
        Content content = Content.of(title, MIB + title);
        rig.serve("/" + title, Script.of(content).pace(4 * MIB));
      }
      for (int title = 0; title < 4; title++) {
        Content content = Content.of(title, MIB + title);
        rig.get("/" + title).check(content, 0, content.length());
      }
      assertThat(budget.refusals()).isZero();
      assertThat(budget.peak()).isLessThanOrEqualTo(2);
    }
  }

  /** For a provider monitored by a tool that understands statuses. */
  @Test
  void errorVideo_offForOneProvider_givesTheStatus() throws IOException {
    try (Rig rig = Rig.set("[provider %s]", "ERROR_VIDEO = off")) {
      rig.serve("/gone.mkv", Script.status(404));
      assertThat(rig.get("/gone.mkv", VLC).status()).isEqualTo(404);
    }
    try (Rig rig = Rig.set("[provider other.example]", "ERROR_VIDEO = off")) {
      rig.serve("/gone.mkv", Script.status(404));
      assertThat(rig.get("/gone.mkv", VLC).status()).isEqualTo(200);
    }
  }

  /** Applies to the host with the known bad certificate, and to no other. */
  @Test
  void tlsCheckOff_forTheHostThatIsConnectedTo() throws IOException {
    try (ScriptedOrigin tls = ScriptedOrigin.startTls().serve(FILM, Script.of(CONTENT));
        Rig rig = Rig.set("[provider 127.0.0.1:" + tls.port() + "]", "DISABLE_SSL_VERIFY = 1")) {
      rig.serve(FILM, Script.redirect(tls.url(FILM)));
      rig.get(FILM).check(CONTENT, 0, CONTENT.length());
    }
    try (ScriptedOrigin tls = ScriptedOrigin.startTls().serve(FILM, Script.of(CONTENT));
        Rig rig = Rig.set("[provider %s]", "DISABLE_SSL_VERIFY = 1")) {
      rig.serve(FILM, Script.redirect(tls.url(FILM)));
      assertThat(rig.get(FILM, "Accept: application/json").status()).isEqualTo(502);
    }
  }
}
