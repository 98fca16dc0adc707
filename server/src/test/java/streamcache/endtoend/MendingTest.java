package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.endtoend.Rig.MIB;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import streamcache.link.LinkForm;
import streamcache.seerr.SeerrBook;
import streamcache.settings.Endpoint;
import streamcache.settings.SecretText;
import streamcache.settings.SeerrSettings;
import streamcache.testkit.Answer;
import streamcache.testkit.Content;
import streamcache.testkit.Gate;
import streamcache.testkit.RawClient;
import streamcache.testkit.RecordedRequest;
import streamcache.testkit.Script;
import streamcache.testkit.seerr.FakeSeerr;

/** A title that is gone is reported to Seerr once, viewers see that, and no film suffers. */
final class MendingTest {

  private static final Content FILM = Content.of(31, 2 * MIB + 5);
  private static final String NAME = "/The%20Matrix%20(1999).mkv";
  private static final String JSON = "Accept: application/json";
  private static final String VLC = "User-Agent: VLC/3.0.24 LibVLC/3.0.24";

  @TempDir Path library;
  private final FakeSeerr fake = FakeSeerr.start().movie(603, "The Matrix", 1999);

  @AfterEach
  void close() {
    fake.close();
  }

  private Rig start(String key) throws IOException {
    SeerrSettings settings =
        new SeerrSettings(
            new Endpoint(fake.url(), ""),
            new SecretText(key),
            OptionalInt.empty(),
            /* dryRun= */ false,
            3,
            Duration.ofHours(24),
            10,
            List.of(library),
            /* asksProvider= */ true);
    return Rig.telling(Optional.of(settings), Optional.empty());
  }

  private Rig start() throws IOException {
    return start(FakeSeerr.KEY);
  }

  @Test
  void gone_isRequestedOnce_andItsViewersReadSo() throws IOException {
    try (Rig rig = start().serve("/gone.mkv", Script.status(404))) {
      assertThat(get(rig, "/gone.mkv", JSON).status()).isEqualTo(404);
      fake.origin().awaitRequests("/api/v1/request", 1);
      awaitNote(rig, "Requested in Seerr");
      assertThat(get(rig, "/gone.mkv", "Accept: text/html").text())
          .contains("<strong>Requested in Seerr</strong>");
      assertThat(get(rig, "/gone.mkv", "Accept: text/plain").text()).contains("Requested in Seerr");
      rig.restart();
      awaitNote(rig, "Requested in Seerr");
      assertThat(get(rig, "/gone.mkv", VLC, "Range: bytes=0-999").status()).isEqualTo(206);
      assertThat(fake.asked()).hasSize(1);
      assertThat(fake.posts()).hasSize(1);
    }
  }

  @Test
  void gone_thenPlaysAgain_isReportedAndResolved() throws IOException {
    fake.status("movie", 603, 5);
    Script heals = Script.of(FILM).onRequest(1, first -> first.statusLine(404, "Not Found"));
    try (Rig rig = start().serve("/gone.mkv", heals)) {
      assertThat(get(rig, "/gone.mkv", JSON).status()).isEqualTo(404);
      fake.origin().awaitRequests("/api/v1/issue", 1);
      awaitFilm(rig);
      int issue = fake.reported().getFirst().id();
      fake.origin().awaitRequests("/api/v1/issue/" + issue + "/resolved", 1);
      get(rig, "/gone.mkv").check(FILM, 0, FILM.length());
      assertThat(fake.reported()).hasSize(1).noneMatch(FakeSeerr.Reported::isOpen);
      assertThat(fake.posts()).hasSize(2);
    }
  }

  @Test
  void link_thatNamesTheWork_needsNoName() throws IOException {
    try (Rig rig = start().serve("/4711.mkv", Script.status(410))) {
      String target = rig.link("/4711.mkv") + "/4711.mkv?tmdb=603&type=movie";
      assertThat(RawClient.get(rig.address(), target).status()).isEqualTo(410);
      fake.origin().awaitRequests("/api/v1/request", 1);
      assertThat(fake.calls("/search")).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void gone_namedByItsStrmFileAlone_isRequestedOnce(LinkForm form) throws Exception {
    try (Rig rig = start().serve("/4711.mkv", Script.status(404))) {
      String target = rig.link(form, "/4711.mkv", Optional.empty());
      Path folder = Files.createDirectory(library.resolve("The Matrix (1999)"));
      Files.writeString(folder.resolve("film.strm"), "https://films.example:8443" + target + "\n");
      for (int viewer = 0; viewer < 2; viewer++) {
        assertThat(RawClient.get(rig.address(), target).status()).isEqualTo(404);
        fake.origin().awaitRequests("/api/v1/request", 1);
      }
      assertThat(fake.asked()).extracting(FakeSeerr.Asked::tmdb).containsExactly(603L);
      assertThat(fake.posts()).hasSize(1);
    }
  }

  @Test
  void gone_strmFilesDisagree_isRefusedAndListed() throws IOException {
    try (Rig rig = start().serve("/4711.mkv", Script.status(404))) {
      Files.writeString(library.resolve("The Matrix (1999).strm"), rig.origin().url("/4711.mkv"));
      Files.writeString(
          library.resolve("The Matrix (2003).strm"), "http://nas:8080" + rig.link("/4711.mkv"));
      assertThat(rig.get("/4711.mkv").status()).isEqualTo(404);
      String line = awaitRefusal(rig);
      assertThat(line).contains("the .strm files of this title name different works");
      assertThat(line).doesNotContain("Matrix").doesNotContain(library.toString());
      assertThat(fake.posts()).isEmpty();
    }
  }

  @Test
  void gone_namedByItsPanelAlone_isRequestedOnce() throws IOException {
    String film = "/movie/user7/pass7/4711.mkv";
    String answer = "{\"info\":{\"tmdb_id\":\"603\"},\"movie_data\":{\"stream_id\":4711}}";
    try (Rig rig = start().serve(film, Script.status(404))) {
      rig.serve("/player_api.php", Script.status(200, "application/json", answer));
      for (int viewer = 0; viewer < 2; viewer++) {
        assertThat(rig.get(film).status()).isEqualTo(404);
        fake.origin().awaitRequests("/api/v1/request", 1);
      }
      assertThat(fake.asked()).extracting(FakeSeerr.Asked::tmdb).containsExactly(603L);
      assertThat(fake.posts()).hasSize(1);
      assertThat(rig.origin().requests("/player_api.php"))
          .extracting(RecordedRequest::target)
          .containsExactly(
              "/player_api.php?username=user7&password=pass7&action=get_vod_info&vod_id=4711");
      assertThat(rig.origin().peakConnections()).as("the account allows one").isEqualTo(1);
    }
  }

  /** An unanswered panel query delays neither films nor other titles. */
  @Test
  void panel_neverAnswers_filmGetsItsConnectionAtOnce() throws IOException {
    Gate never = new Gate();
    Rig rig = start().serve("/movie/user7/pass7/4711.mkv", Script.status(404));
    try {
      rig.serve("/movie/user7/pass7/1.mkv", Script.of(FILM));
      rig.serve("/player_api.php", Script.status(200).headGate(never));
      assertThat(rig.get("/movie/user7/pass7/4711.mkv").status()).isEqualTo(404);
      rig.origin().awaitRequests("/player_api.php", 1);
      rig.get("/movie/user7/pass7/1.mkv").check(FILM, 0, FILM.length());
      assertThat(rig.origin().requests("/player_api.php")).hasSize(1);
      assertThat(rig.origin().peakExchanges()).as("the account allows one").isEqualTo(1);
    } finally {
      never.open();
      rig.close();
    }
  }

  @Test
  void panel_neverAnswers_isGivenUp() throws IOException {
    Gate never = new Gate();
    Rig rig = start().serve("/movie/user7/pass7/4711.mkv", Script.status(404));
    try {
      rig.serve("/player_api.php", Script.status(200).headGate(never));
      assertThat(rig.get("/movie/user7/pass7/4711.mkv").status()).isEqualTo(404);
      assertThat(awaitRefusal(rig)).doesNotContain("pass7");
      assertThat(rig.origin().requests("/player_api.php")).hasSize(1);
    } finally {
      never.open();
      rig.close();
    }
  }

  @Test
  void key_wrong_filmsPlayAndNothingIsAsked() throws IOException {
    try (Rig rig = start("wrong").serve("/film.mkv", Script.of(FILM))) {
      fake.origin().awaitRequests("/api/v1/auth/me", 1);
      rig.serve("/gone.mkv", Script.status(404));
      assertThat(get(rig, "/gone.mkv", JSON).text()).contains("\"notes\":[]");
      get(rig, "/film.mkv").check(FILM, 0, FILM.length());
      assertThat(fake.posts()).isEmpty();
    }
  }

  /** A Seerr that does not respond delays neither a response nor shutdown. */
  @Test
  void seerr_neverAnswers_filmsPlay() throws IOException {
    Gate never = new Gate();
    fake.holdAnswers(never);
    Rig rig = start().serve("/gone.mkv", Script.status(404)).serve("/film.mkv", Script.of(FILM));
    try {
      assertThat(get(rig, "/gone.mkv", JSON).status()).isEqualTo(404);
      fake.origin().awaitRequests("/api/v1/request", 1);
      assertThat(get(rig, "/gone.mkv", JSON).status()).isEqualTo(404);
      get(rig, "/film.mkv").check(FILM, 0, FILM.length());
      long begun = System.nanoTime();
      rig.restart();
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
    } finally {
      never.open();
      rig.close();
    }
  }

  @Test
  void journal_cannotBeWritten_filmsPlay() throws IOException {
    try (Rig rig = start().serve("/film.mkv", Script.of(FILM))) {
      rig.serve("/gone.mkv", Script.status(404));
      fake.origin().awaitRequests("/api/v1/auth/me", 1);
      Path journal = rig.cache().resolve("outbox").resolve("seerr.journal");
      Files.writeString(journal, "mine\n");
      rig.restart();
      assertThat(get(rig, "/gone.mkv", JSON).status()).isEqualTo(404);
      get(rig, "/film.mkv").check(FILM, 0, FILM.length());
      assertThat(journal).hasContent("mine\n");
      assertThat(fake.posts()).isEmpty();
    }
  }

  private static Answer get(Rig rig, String path, String... headers) throws IOException {
    return RawClient.get(rig.address(), rig.link(path) + NAME, headers);
  }

  private static void awaitNote(Rig rig, String note) throws IOException {
    Instant limit = Instant.now().plus(Duration.ofSeconds(30));
    while (!get(rig, "/gone.mkv", JSON).text().contains("\"notes\":[\"" + note + "\"]")) {
      assertThat(Instant.now()).as("viewers get an answer").isBefore(limit);
    }
  }

  /** Reads the list as {@code streamcache seerr} does, beside the running server. */
  private static String awaitRefusal(Rig rig) throws IOException {
    Instant limit = Instant.now().plus(Duration.ofSeconds(30));
    SeerrBook book = new SeerrBook(rig.cache().resolve("outbox"), InstantSource.system());
    while (book.entries().stream().noneMatch(entry -> entry.state().equals("refused"))) {
      assertThat(Instant.now()).as("it is refused").isBefore(limit);
    }
    return book.entries().toString();
  }

  private static void awaitFilm(Rig rig) throws IOException {
    Instant limit = Instant.now().plus(Duration.ofSeconds(30));
    while (get(rig, "/gone.mkv", "Range: bytes=0-9").status() != 206) {
      assertThat(Instant.now()).as("the film plays again").isBefore(limit);
    }
  }
}
