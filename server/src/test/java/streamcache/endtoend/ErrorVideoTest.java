package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.endtoend.Rig.MIB;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamcache.settings.ErrorVideoPolicy;
import streamcache.settings.TroubleSettings;
import streamcache.testkit.Answer;
import streamcache.testkit.AnswerHead;
import streamcache.testkit.BodyEnd;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.Cut;
import streamcache.testkit.Gate;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;

/** Which clients get a video instead of an error status; none of its bytes end up in a film. */
final class ErrorVideoTest {

  private static final Content FILM = Content.of(9, 3 * MIB + 11);
  private static final String VLC = "User-Agent: VLC/3.0.24 LibVLC/3.0.24";
  private static final String KODI = "User-Agent: KodifromDebian/20.1 (X11; Linux x86_64)";
  private static final String FFMPEG = "User-Agent: Lavf/59.27.100";
  private static final String BEGINNING = "Range: bytes=0-99999";
  private static final String LATER = "Range: bytes=50000-149999";

  @TempDir Path folder;

  @Test
  void player_titleIsGone_getsAVideoThatNobodyStores() throws IOException {
    try (Rig rig = Rig.start().serve("/gone.mkv", Script.status(404))) {
      Answer part = rig.get("/gone.mkv", VLC, BEGINNING);
      assertThat(part.status()).isEqualTo(206);
      assertThat(part.header("Content-Type")).contains("video/mp4");
      assertThat(part.header("Accept-Ranges")).contains("bytes");
      assertThat(part.header("Cache-Control")).contains("no-store");
      assertThat(part.header("X-Upstream-Status")).contains("404");
      assertThat(part.header("X-Request-Id")).isPresent();
      assertThat(part.header("X-Cache")).isEmpty();
      assertThat(part.header("Content-Range").orElseThrow()).matches("bytes 0-99999/[0-9]+");
      assertThat(part.text().substring(4, 8)).isEqualTo("ftyp");
      assertThat(rig.usedBytes()).isZero();
    }
  }

  @Test
  void player_wholeTitle_getsItsExactLength() throws IOException {
    try (Rig rig = Rig.start().serve("/gone.mkv", Script.status(410));
        RawClient client = RawClient.connect(rig.address())) {
      client.request("GET", rig.link("/gone.mkv"), VLC);
      AnswerHead head = client.readHead();
      assertThat(head.status()).isEqualTo(200);
      long length = Long.parseLong(head.headers().first("Content-Length").orElseThrow());
      assertThat(length).isGreaterThan(100 * MIB);
      assertThat(new String(client.readBytes(12), 4, 4, StandardCharsets.US_ASCII))
          .isEqualTo("ftyp");
      Answer end = rig.get("/gone.mkv", VLC, "Range: bytes=" + (length - 5) + "-");
      assertThat(end.body()).hasSize(5);
      Answer behind = rig.get("/gone.mkv", VLC, "Range: bytes=" + length + "-");
      assertThat(behind.status()).isEqualTo(416);
      assertThat(behind.header("Content-Range")).contains("bytes */" + length);
    }
  }

  @Test
  void player_head_isThatOfTheGet() throws IOException {
    try (Rig rig = Rig.start().serve("/gone.mkv", Script.status(404))) {
      Answer head = rig.head("/gone.mkv", VLC);
      Answer part = rig.get("/gone.mkv", VLC, BEGINNING);
      assertThat(head.status()).isEqualTo(200);
      String length = head.header("Content-Length").orElseThrow();
      assertThat(part.header("Content-Range")).contains("bytes 0-99999/" + length);
      for (String same : List.of("ETag", "Content-Type", "Cache-Control", "X-Upstream-Status")) {
        assertThat(part.header(same)).as(same).isPresent().isEqualTo(head.header(same));
      }
    }
  }

  @Test
  void player_laterRange_goesOnWithTheSameVideo() throws IOException {
    try (Rig rig = Rig.start().serve("/gone.mkv", Script.status(404))) {
      Answer first = rig.get("/gone.mkv", VLC, BEGINNING);
      Answer later = rig.get("/gone.mkv", VLC, LATER);
      assertThat(later.status()).isEqualTo(206);
      assertThat(later.header("ETag")).isEqualTo(first.header("ETag"));
      byte[] before = first.body();
      byte[] after = later.body();
      assertThat(Arrays.equals(after, 0, 50_000, before, 50_000, 100_000)).isTrue();
      String etag = first.header("ETag").orElseThrow();
      assertThat(rig.get("/gone.mkv", VLC, LATER, "If-Range: " + etag).status()).isEqualTo(206);
      assertThat(rig.origin().requests("/gone.mkv")).hasSize(1);
    }
  }

  @Test
  void player_laterRangeOfNothingBegun_getsTheStatus() throws IOException {
    try (Rig rig = Rig.start().serve("/gone.mkv", Script.status(404))) {
      assertThat(rig.get("/gone.mkv", VLC, LATER).status()).isEqualTo(404);
      assertThat(rig.get("/gone.mkv", VLC, "Range: bytes=-500").status()).isEqualTo(404);
      assertThat(rig.get("/gone.mkv", VLC, BEGINNING).status()).isEqualTo(206);
      assertThat(rig.get("/gone.mkv", KODI, LATER).status()).as("another player").isEqualTo(404);
    }
  }

  /** Three HEADs, a GET that Kodi aborts, and the GET it plays from. */
  @Test
  void kodi_burstOfRequests_isOneAttempt() throws IOException {
    try (Rig rig = Rig.start().serve("/gone.mkv", Script.status(404))) {
      List<Optional<String>> etags = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        etags.add(rig.head("/gone.mkv", KODI).header("ETag"));
      }
      for (int i = 0; i < 2; i++) {
        etags.add(begun(rig, "/gone.mkv", KODI, "Range: bytes=0-").headers().first("ETag"));
      }
      assertThat(etags).doesNotContain(Optional.empty()).containsOnly(etags.getFirst());
      assertThat(rig.origin().requests("/gone.mkv")).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "OFF, VLC/3.0, 404",
    "OFF, Lavf/59.27.100, 404",
    "PLAYERS, VLC/3.0, 206",
    "PLAYERS, libmpv, 206",
    "PLAYERS, Lavf/59.27.100, 404",
    "PLAYERS, Jellyfin-Server/10.11, 404",
    "PLAYERS, Emby/4.8, 404",
    "PLAYERS, curl/7.88, 404",
    "ALL, VLC/3.0, 206",
    "ALL, Lavf/59.27.100, 206",
    "ALL, Jellyfin-Server/10.11, 206",
    "ALL, Emby/4.8, 206",
    "ALL, curl/7.88, 404"
  })
  void policy_decidesByTheAgent(ErrorVideoPolicy mode, String agent, int status)
      throws IOException {
    try (Rig rig = Rig.start(Rig.trouble(mode)).serve("/gone.mkv", Script.status(404))) {
      String accept = "Accept: application/json, application/xml;q=0.9, */*;q=0.8";
      String[] fields = {"User-Agent: " + agent, "Icy-MetaData: 1", accept, BEGINNING};
      Answer answer = rig.get("/gone.mkv", fields);
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.header("Content-Type").orElseThrow())
          .isEqualTo(status == 206 ? "video/mp4" : "application/problem+json");
      assertThat(rig.head("/gone.mkv", fields).status()).isEqualTo(status == 206 ? 200 : 404);
    }
  }

  @Test
  void browser_videoElementAndPage_getWhatTheyCanShow() throws IOException {
    try (Rig rig = Rig.start().serve("/gone.mkv", Script.status(404))) {
      String browser = "User-Agent: Mozilla/5.0 Chrome/156";
      Answer page = rig.get("/gone.mkv", browser, "Accept: text/html", "Sec-Fetch-Dest: document");
      assertThat(page.status()).isEqualTo(404);
      assertThat(page.header("Content-Type").orElseThrow()).startsWith("text/html");
      Answer video = rig.get("/gone.mkv", browser, "Sec-Fetch-Dest: video", BEGINNING);
      assertThat(video.header("Content-Type")).contains("video/mp4");
    }
  }

  @Test
  void link_thatAsksForStatus_getsIt() throws IOException {
    try (Rig rig = Rig.start().serve("/gone.mkv", Script.status(404))) {
      InetSocketAddress address = rig.address();
      String link = rig.link("/gone.mkv");
      for (String query : List.of("?error=status", "?a=b&error=status&c")) {
        Answer answer = RawClient.get(address, link + "/Film.mkv" + query, VLC, BEGINNING);
        assertThat(answer.status()).as(query).isEqualTo(404);
      }
      for (String query : List.of("?error=statuses", "?error=video", "?")) {
        Answer answer = RawClient.get(address, link + "/Film.mkv" + query, VLC, BEGINNING);
        assertThat(answer.status()).as(query).isEqualTo(206);
      }
    }
  }

  @Test
  void provider_cannotBeReached_isShownWithoutItsStatus() throws IOException {
    try (Rig rig = Rig.start()) {
      String link = rig.linkTo("http://127.0.0.1:1/film.mkv");
      Answer answer = RawClient.get(rig.address(), link, VLC, BEGINNING);
      assertThat(answer.status()).isEqualTo(206);
      assertThat(answer.header("X-Upstream-Status")).isEmpty();
    }
  }

  @Test
  void badLink_isASentenceForPlayersToo() throws IOException {
    try (Rig rig = Rig.start()) {
      assertThat(RawClient.get(rig.address(), "/u/!!!", VLC).status()).isEqualTo(400);
    }
  }

  /** The film recovers: it plays from its beginning, and its ranges are those of the film again. */
  @Test
  void player_opensAgainWhenTheTitlePlays_getsTheFilm() throws IOException {
    Script heals = Script.of(FILM).onRequest(1, first -> first.statusLine(404, "Not Found"));
    try (Rig rig = Rig.start().serve("/film.mkv", heals)) {
      assertThat(rig.get("/film.mkv", VLC, LATER).status()).isEqualTo(404);
      assertThat(rig.get("/film.mkv", VLC, BEGINNING).header("Content-Type")).contains("video/mp4");
      assertThat(rig.get("/film.mkv", VLC, LATER).header("Content-Type")).contains("video/mp4");
      awaitFilm(rig, "/film.mkv");
      rig.get("/film.mkv", VLC, BEGINNING).check(FILM, 0, 100_000);
      rig.get("/film.mkv", VLC, LATER).check(FILM, 50_000, 150_000);
    }
  }

  /** Holds even where a range of the film could be served at once. */
  @Test
  void player_laterRangeAfterOthersGotTheFilm_goesOnWithTheVideo() throws IOException {
    try (Rig rig =
        Rig.start()
            .serve("/film.mkv", Script.of(FILM).onRequest(1, script -> Script.status(404)))) {
      Answer first = rig.get("/film.mkv", VLC, BEGINNING);
      awaitFilm(rig, "/film.mkv");
      rig.get("/film.mkv", FFMPEG).check(FILM, 0, FILM.length());
      rig.origin().awaitIdle();
      Answer later = rig.get("/film.mkv", VLC, LATER);
      assertThat(later.header("ETag")).isEqualTo(first.header("ETag"));
      assertThat(Arrays.equals(later.body(), 0, 50_000, first.body(), 50_000, 100_000)).isTrue();
      rig.get("/film.mkv", VLC, BEGINNING).check(FILM, 0, 100_000);
      rig.get("/film.mkv", VLC, LATER).check(FILM, 50_000, 150_000);
    }
  }

  /** Kodi leaves the opening response running: a seek meanwhile is a seek in the film. */
  @Test
  void player_seeksWhileTheOpeningGoesOn_getsTheFilm() throws IOException {
    Gate gate = new Gate();
    Script heals =
        Script.of(FILM)
            .onRequest(1, first -> first.statusLine(404, "Not Found"))
            .gate(2 * MIB, gate);
    try (Rig rig = Rig.start().serve("/film.mkv", heals)) {
      assertThat(rig.get("/film.mkv", KODI, BEGINNING).header("Content-Type"))
          .contains("video/mp4");
      awaitFilm(rig, "/film.mkv");
      CheckedStream opening = rig.stream("/film.mkv", FILM, KODI).awaitBytes(MIB);
      rig.get("/film.mkv", KODI, LATER).check(FILM, 50_000, 150_000);
      gate.open();
      assertThat(opening.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      opening.close();
    }
  }

  /** Opens the title as another client until it plays, so that the video of the player is kept. */
  private static void awaitFilm(Rig rig, String path) throws IOException {
    Instant limit = Instant.now().plus(Duration.ofSeconds(30));
    while (rig.get(path, "User-Agent: curl/7.88.1", BEGINNING).status() != 206) {
      assertThat(Instant.now()).as("the film plays again").isBefore(limit);
    }
  }

  @Test
  void film_cutWithinItsBody_neverTurnsIntoAVideo() throws IOException {
    Script dies =
        Script.of(FILM)
            .onRequest(1, first -> first.cutAfter(MIB, Cut.RESET))
            .fromRequest(2, later -> later.statusLine(404, "Not Found"));
    try (Rig rig = Rig.start().serve("/film.mkv", dies)) {
      CheckedStream player = rig.stream("/film.mkv", FILM, VLC);
      assertThat(player.awaitEnd()).isNotEqualTo(BodyEnd.CLEAN);
      player.close();
      Answer seek = rig.get("/film.mkv", VLC, "Range: bytes=" + 2 * MIB + "-");
      assertThat(seek.status()).isEqualTo(404);
    }
  }

  @Test
  void ownFile_isShownInstead() throws IOException {
    Content video = Content.of(7, 300_000);
    Path file = Files.write(folder.resolve("sorry.webm"), video.bytes());
    TroubleSettings settings = new TroubleSettings(ErrorVideoPolicy.ALL, Optional.of(file));
    try (Rig rig = Rig.start(settings).serve("/gone.mkv", Script.status(404))) {
      Answer whole = rig.get("/gone.mkv", FFMPEG);
      assertThat(whole.status()).isEqualTo(200);
      assertThat(whole.header("Content-Type")).contains("video/webm");
      assertThat(whole.header("Cache-Control")).contains("no-store");
      whole.check(video, 0, video.length());
      Answer later = rig.get("/gone.mkv", FFMPEG, LATER);
      assertThat(later.header("Content-Range")).contains("bytes 50000-149999/300000");
      assertThat(later.header("ETag")).isPresent().isEqualTo(whole.header("ETag"));
      later.check(video, 50_000, 150_000);
    }
  }

  /** Reads the response header and a few bytes and then aborts, as players do. */
  private static AnswerHead begun(Rig rig, String path, String... headers) throws IOException {
    try (RawClient client = RawClient.connect(rig.address())) {
      client.request("GET", rig.link(path), headers);
      AnswerHead head = client.readHead();
      assertThat(client.readBytes(1000)).hasSize(1000);
      return head;
    }
  }
}
