package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.endtoend.Rig.MIB;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import streamcache.testkit.Answer;
import streamcache.testkit.BodyEnd;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.Cut;
import streamcache.testkit.RawClient;
import streamcache.testkit.RecordedRequest;
import streamcache.testkit.Script;

/** What may be fetched and what may be served, as seen from the player. */
final class EgressTest {

  private static final Content FILM = Content.of(14, 6 * MIB + 5);
  private static final Content SECRET =
      Content.ofBytes(
          "user=admin password=hunter2\n".repeat(220_000).getBytes(StandardCharsets.UTF_8));

  @Test
  void forbiddenAddresses_allGetTheSameAnswerAndNobodyIsAsked() throws IOException {
    try (Rig rig = Rig.start().serve("/film.mkv", Script.of(FILM))) {
      int own = rig.address().getPort();
      rig.serve("/to-ourselves", Script.redirect("http://127.0.0.1:" + own + "/metrics"));
      rig.serve("/to-metadata", Script.redirect("http://169.254.169.254/latest/meta-data/"));
      List<String> urls =
          List.of(
              "http://127.0.0.1:" + own + "/healthz",
              "http://localhost:" + own + "/healthz",
              "http://127.0.0.2:" + rig.origin().port() + "/film.mkv",
              "http://[::1]:" + rig.origin().port() + "/film.mkv",
              "http://[::ffff:127.0.0.2]:" + rig.origin().port() + "/film.mkv",
              "http://169.254.169.254/film.mkv",
              "http://127.0.0.1:22/film.mkv",
              rig.origin().url("/to-ourselves"),
              rig.origin().url("/to-metadata"));
      Set<String> answers = new LinkedHashSet<>();
      for (String url : urls) {
        for (String accept : List.of("text/html", "application/json", "*/*")) {
          Answer answer =
              RawClient.get(rig.address(), rig.linkTo(url) + "/a.mkv", "Accept: " + accept);
          assertThat(answer.status()).as(url).isEqualTo(403);
          String id = answer.header("X-Request-Id").orElseThrow();
          assertThat(answer.header("X-Upstream-Status")).isEmpty();
          answers.add(unnamed(answer.text().replace(id, "ID"), url));
        }
      }
      assertThat(answers).as("one text in each of three forms").hasSize(3);
      assertThat(rig.origin().requests())
          .extracting(RecordedRequest::path)
          .containsOnly("/to-ourselves", "/to-metadata");
    }
  }

  /** Removes what the client itself sent, and the time. */
  private static String unnamed(String text, String url) {
    String authority = URI.create(url).getAuthority();
    return text.replace(authority + ":80", "HOST")
        .replace(authority, "HOST")
        .replaceAll("\\d{4}-\\d\\d-\\d\\d.\\d\\d:\\d\\d:\\d\\d[.\\d]*", "TIME");
  }

  @Test
  void whatIsNoFilm_neitherReachesThePlayerNorTheStore() throws Exception {
    try (Rig rig = Rig.start()) {
      try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<Answer>> answers = new ArrayList<>();
        for (String type : List.of("text/plain", "video/mp4", "application/octet-stream")) {
          rig.serve("/" + type, Script.of(SECRET).type(type));
          for (String range : List.of("X-None: 1", "Range: bytes=5-", "Range: bytes=5000000-")) {
            String link = rig.link("/" + type + "?" + range.hashCode());
            answers.add(askers.submit(() -> RawClient.get(rig.address(), link, range)));
          }
        }
        for (Future<Answer> each : answers) {
          Answer answer = each.get();
          assertThat(answer.status()).isEqualTo(502);
          assertThat(answer.text()).doesNotContain("hunter2");
          assertThat(answer.header("Content-Range")).isEmpty();
        }
      }
      assertThat(rig.usedBytes()).isZero();
      assertThat(rig.origin().requests())
          .as("the far slice is not even asked for")
          .extracting(RecordedRequest::range)
          .containsOnly(Optional.of("bytes=0-"), Optional.of("bytes=0-4095"));
    }
  }

  @Test
  void farRangeOfAnUnknownFilm_isServedAfterALookAtItsBeginning() throws IOException {
    byte[] film = FILM.bytes();
    try (Rig rig = Rig.start().serve("/film.mkv", Script.of(FILM))) {
      Answer answer = rig.get("/film.mkv", "Range: bytes=5000000-5000999");
      assertThat(answer.status()).isEqualTo(206);
      assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(film, 5_000_000, 5_001_000));
      assertThat(rig.origin().requests("/film.mkv"))
          .extracting(RecordedRequest::range)
          .startsWith(Optional.of("bytes=0-4095"), Optional.of("bytes=5000000-"));
      assertThat(rig.origin().peakConnections()).as("one after the other").isEqualTo(1);
      rig.get("/film.mkv").check(FILM, 0, FILM.length());
    }
  }

  /** Without validators, only the length shows a resumed connection that the file has changed. */
  @Test
  void fileChangedWithoutValidators_nextPlayGetsTheNewOneFromItsBeginning() throws IOException {
    Content other = Content.of(15, 7 * MIB + 3);
    try (Rig rig =
        Rig.start()
            .serve(
                "/film.mkv",
                Script.of(FILM)
                    .etag(null)
                    .lastModified(null)
                    .onRequest(1, script -> script.cutAfter(5 * MIB, Cut.RESET))
                    .fromRequest(2, script -> script.content(other)))) {
      CheckedStream player = rig.stream("/film.mkv", FILM);
      assertThat(player.awaitEnd()).isNotEqualTo(BodyEnd.CLEAN);
      player.close();
      rig.get("/film.mkv").check(other, 0, other.length());
    }
  }

  /** No validators, and the resumed bytes are those of a page, not of a film. */
  @Test
  void fileTurnedIntoAPage_endsThePlayAndLeavesNoTrace() throws IOException {
    try (Rig rig =
        Rig.start()
            .serve(
                "/film.mkv",
                Script.of(FILM)
                    .etag(null)
                    .lastModified(null)
                    .onRequest(1, script -> script.cutAfter(5 * MIB, Cut.RESET))
                    .fromRequest(2, script -> script.content(SECRET)))) {
      CheckedStream player = rig.stream("/film.mkv", FILM);
      assertThat(player.awaitEnd()).isNotEqualTo(BodyEnd.CLEAN);
      player.close();
      for (String range : List.of("Range: bytes=0-99", "Range: bytes=5900000-5900099")) {
        Answer answer = rig.get("/film.mkv", range);
        assertThat(answer.text()).doesNotContain("hunter2");
      }
    }
  }

  @Test
  void octetStream_getsItsTypeFromTheProvidersFileName() throws IOException {
    try (Rig rig = Rig.start()) {
      rig.serve(
          "/get.php",
          Script.of(FILM)
              .type("application/octet-stream")
              .header("Content-Disposition", "attachment; filename=\"Film (2020).webm\""));
      for (String name : new String[] {"", "/x.mp4"}) {
        String link = rig.link("/get.php?" + name.length()) + name;
        assertThat(RawClient.get(rig.address(), link).header("Content-Type"))
            .as("before the name of the link: " + name)
            .contains("video/webm");
      }
    }
  }
}
