package streamcache.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.testkit.Answer;
import streamcache.testkit.AnswerHead;
import streamcache.testkit.Body;
import streamcache.testkit.BodyEnd;
import streamcache.testkit.RawClient;

/** The session of a browser, and attacks on it. No request reaches a provider. */
final class AdminSessionTest {

  private static final String STATUS = "/api/v1/status";
  private static final String EVICT = "/api/v1/titles/" + "a".repeat(26) + "/evict";
  private static final String OWN = "X-Requested-With: streamcache";

  private Rig rig;

  @BeforeEach
  void start() throws IOException {
    rig = Rig.start();
  }

  @AfterEach
  void nothingWasAsked() throws IOException {
    assertThat(rig.origin().requests()).isEmpty();
    rig.close();
  }

  private Answer send(String method, String path, String... headers) throws IOException {
    return RawClient.exchange(rig.address(), method, path, headers);
  }

  /** Logs in; returns the cookie as a browser sends it. */
  private String logIn() throws IOException {
    Answer answer = send("POST", "/admin/session", "Authorization: Bearer " + Rig.TOKEN);
    assertThat(answer.status()).isEqualTo(204);
    return "Cookie: " + answer.header("Set-Cookie").orElseThrow().split(";", 2)[0];
  }

  @Test
  void session_begun_isHiddenFromScriptsAndOtherSites() throws IOException {
    Answer answer = send("POST", "/admin/session", "Authorization: Bearer " + Rig.TOKEN);

    assertThat(answer.header("Set-Cookie").orElseThrow())
        .contains("; HttpOnly", "; SameSite=Strict", "; Path=/")
        .doesNotContain(Rig.TOKEN);
    assertThat(send("GET", STATUS, logIn()).status()).isEqualTo(200);
  }

  @Test
  void session_withoutAToken_doesNotBegin() throws IOException {
    assertThat(send("POST", "/admin/session").status()).isEqualTo(401);
    Answer wrong = send("POST", "/admin/session", "Authorization: Bearer wrong");
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.header("Set-Cookie")).isEmpty();
  }

  /** Session fixation: an id that the server did not make is worth nothing. */
  @Test
  void session_idOfAnAttacker_isNotTaken() throws IOException {
    String planted = "Cookie: streamcache-session=" + "A".repeat(43);
    Answer answer = send("POST", "/admin/session", planted, "Authorization: Bearer " + Rig.TOKEN);

    assertThat(answer.header("Set-Cookie").orElseThrow()).doesNotContain("A".repeat(43));
    assertThat(send("GET", STATUS, planted).status()).isEqualTo(401);
  }

  /** A page of another site can make a browser send a form, but not a field of its own. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Type: text/plain",
        "X-Requested-With: XMLHttpRequest",
        "Origin: http://x"
      })
  void write_withTheCookieAlone_isRefused(String header) throws IOException {
    String cookie = logIn();

    Answer refused = send("POST", EVICT, cookie, header);

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.text()).contains("only the page itself may change anything");
    assertThat(send("POST", EVICT, cookie, OWN).status()).isEqualTo(404);
  }

  /** No other site may ask with that field either: a preflight is not answered with consent. */
  @Test
  void preflight_fromAnotherSite_getsNoConsent() throws IOException {
    Answer answer =
        send(
            "OPTIONS",
            EVICT,
            logIn(),
            "Origin: http://evil.example",
            "Access-Control-Request-Method: POST",
            "Access-Control-Request-Headers: x-requested-with");

    assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    assertThat(answer.header("Access-Control-Allow-Headers")).isEmpty();
  }

  @Test
  void session_ended_isOver() throws IOException {
    String cookie = logIn();

    Answer ended = send("DELETE", "/admin/session", cookie);

    assertThat(ended.status()).isEqualTo(204);
    assertThat(ended.header("Set-Cookie").orElseThrow()).contains("Max-Age=0");
    assertThat(send("GET", STATUS, cookie).status()).isEqualTo(401);
  }

  @Test
  void page_withoutItsSlash_leadsToIt() throws IOException {
    Answer answer = send("GET", "/admin");

    assertThat(answer.status()).isEqualTo(308);
    assertThat(answer.header("Location")).contains("admin/");
  }

  @Test
  void page_files_allowNothingFromElsewhere() throws IOException {
    for (String name : List.of("", "app.js", "style.css", "lit-html.js", "icon.svg")) {
      Answer file = send("GET", "/admin/" + name);
      assertThat(file.status()).as(name).isEqualTo(200);
      assertThat(file.header("Content-Security-Policy").orElseThrow())
          .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(file.header("X-Content-Type-Options")).contains("nosniff");
      String tag = file.header("ETag").orElseThrow();
      assertThat(send("GET", "/admin/" + name, "If-None-Match: " + tag).status()).isEqualTo(304);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/admin/../streamcache.conf",
        "/admin/%2e%2e/secret.key",
        "/admin/page/app.js",
        "/admin//etc/passwd",
        "/admin/app.js%00.css"
      })
  void page_otherFiles_areNotThere(String path) throws IOException {
    assertThat(send("GET", path).status()).isIn(400, 404);
  }

  @Test
  void live_withoutASession_isRefused() throws IOException {
    assertThat(send("GET", "/admin/live").status()).isEqualTo(401);
  }

  /** An open page must not outlive its session. */
  @Test
  void live_sessionEnds_endsToo() throws IOException {
    String cookie = logIn();
    try (RawClient page = RawClient.connect(rig.address())) {
      AnswerHead head = page.request("GET", "/admin/live", cookie).readHead();
      assertThat(head.status()).isEqualTo(200);
      assertThat(send("DELETE", "/admin/session", cookie).status()).isEqualTo(204);
      Body body = page.body(head);
      byte[] piece = new byte[4096];
      int count = body.read(piece, 0, piece.length);
      assertThat(new String(piece, 0, count, UTF_8)).startsWith("data: {");
      while (count >= 0) {
        count = body.read(piece, 0, piece.length);
      }
      assertThat(body.ending()).isEqualTo(BodyEnd.CLEAN);
    }
  }
}
