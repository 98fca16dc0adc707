package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import streamcache.link.BadLink;
import streamcache.link.LinkForm;
import streamcache.testkit.Answer;
import streamcache.testkit.Content;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;

/** Pages of other sites may read what belongs to a signed or sealed link, and nothing else. */
final class CrossOriginTest {

  private static final Content FILM = Content.of(11, 300_000);
  private static final String PAGE = "Origin: https://page.example";
  private static final String VLC = "User-Agent: VLC/3.0.24 LibVLC/3.0.24";

  private static Rig rig() throws IOException {
    return Rig.start().serve("/film.mkv", Script.of(FILM)).serve("/gone.mkv", Script.status(404));
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "PLAIN")
  void everyAnswer_toALinkMadeWithTheKey_mayBeRead(LinkForm form) throws IOException, BadLink {
    try (Rig rig = rig()) {
      String film = rig.link(form, "/film.mkv", Optional.empty());
      String gone = rig.link(form, "/gone.mkv", Optional.empty());
      Answer whole = get(rig, film, 200);
      whole.check(FILM, 0, FILM.length());
      String etag = whole.header("ETag").orElseThrow();
      get(rig, film, 206, "Range: bytes=5-9").check(FILM, 5, 10);
      get(rig, "/" + film, 206, "Range: bytes=5-9").check(FILM, 5, 10);
      get(rig, film, 206, "Range: bytes=0-4,100-199");
      get(rig, film, 304, "If-None-Match: " + etag);
      get(rig, film, 412, "If-Match: \"other\"");
      get(rig, film, 416, "Range: bytes=300000-");
      get(rig, film.substring(0, 30), 400);
      get(rig, rig.link(form, "/film.mkv", Optional.of(Instant.EPOCH)), 403);
      get(rig, gone, 404, "Accept: application/json");
      get(rig, gone, 404, "Accept: text/html");
      Answer clip = get(rig, gone, 206, VLC, "Range: bytes=0-9");
      assertThat(clip.header("Content-Type")).contains("video/mp4");
      for (String method : List.of("HEAD", "POST", "BREW")) {
        expectOpen(RawClient.exchange(rig.address(), method, film, PAGE));
      }
      expectOpen(RawClient.get(rig.address(), film));
      assertThat(rig.origin().requests("/film.mkv")).hasSize(1);
    }
  }

  private static Answer get(Rig rig, String target, int status, String... headers)
      throws IOException {
    String[] all = new String[headers.length + 1];
    System.arraycopy(headers, 0, all, 0, headers.length);
    all[headers.length] = PAGE;
    Answer answer = RawClient.get(rig.address(), target, all);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    expectOpen(answer);
    return answer;
  }

  private static void expectOpen(Answer answer) {
    assertThat(answer.headers().values("Access-Control-Allow-Origin"))
        .as(answer.toString())
        .containsExactly("*");
    assertThat(answer.headers().values("Access-Control-Expose-Headers"))
        .containsExactly("Content-Range, Accept-Ranges, Content-Length");
    assertThat(answer.header("Vary")).isEmpty();
  }

  @Test
  void unreadableHead_ofALinkMadeWithTheKey_mayBeRead() throws IOException {
    try (Rig rig = rig();
        RawClient client = RawClient.connect(rig.address())) {
      client.send("GET /s/x HTTP/1.1\r\nHost: a:b:c\r\n\r\n");

      expectOpen(client.answer());
    }
  }

  @Test
  void plainLink_ofForeignPage_staysAsItIs() throws IOException {
    try (Rig rig = rig()) {
      rig.get("/film.mkv");
      expectClosed(rig.get("/film.mkv", PAGE, "Range: bytes=0-9"), 206);
      expectClosed(rig.get("/gone.mkv", PAGE), 404);
      expectClosed(rig.get("/film.mkv", PAGE, "Sec-Fetch-Site: cross-site"), 403);
      expectClosed(
          rig.get("/film.mkv", PAGE, "Sec-Fetch-Site: cross-site", "Sec-Fetch-Dest: video"), 200);
      for (String target : List.of(rig.link("/film.mkv"), "/", "/healthz", "*", "/?x=/s/", "/s")) {
        expectClosed(preflight(rig, target, "Access-Control-Request-Private-Network: true"), 204);
      }
    }
  }

  private static void expectClosed(Answer answer, int status) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.headers().toString()).doesNotContainIgnoringCase("access-control");
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "PLAIN")
  void preflight_forALinkMadeWithTheKey_permitsRanges(LinkForm form) throws IOException, BadLink {
    try (Rig rig = rig()) {
      String film = rig.link(form, "/film.mkv", Optional.empty());

      Answer answer = preflight(rig, film);

      assertThat(answer.status()).isEqualTo(204);
      assertThat(answer.body()).isEmpty();
      expectOpen(answer);
      assertThat(answer.header("Allow")).contains("GET, HEAD, OPTIONS");
      assertThat(answer.header("Access-Control-Allow-Methods")).contains("GET, HEAD, OPTIONS");
      assertThat(answer.header("Access-Control-Allow-Headers").orElseThrow().split(", "))
          .contains("Range", "If-Range", "If-None-Match", "If-Modified-Since");
      assertThat(answer.header("Access-Control-Max-Age")).contains("86400");
      assertThat(answer.header("Access-Control-Allow-Private-Network")).isEmpty();
      assertThat(answer.header("Access-Control-Allow-Credentials")).isEmpty();
      assertThat(
              preflight(rig, film, "Access-Control-Request-Private-Network: true")
                  .header("Access-Control-Allow-Private-Network"))
          .contains("true");
      assertThat(rig.origin().requests("/film.mkv")).isEmpty();
    }
  }

  private static Answer preflight(Rig rig, String target, String... headers) throws IOException {
    String[] all = new String[headers.length + 3];
    System.arraycopy(headers, 0, all, 3, headers.length);
    all[0] = PAGE;
    all[1] = "Access-Control-Request-Method: GET";
    all[2] = "Access-Control-Request-Headers: range";
    return RawClient.exchange(rig.address(), "OPTIONS", target, all);
  }
}
