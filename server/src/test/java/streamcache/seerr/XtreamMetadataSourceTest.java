package streamcache.seerr;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.seerr.SeerrRig.GONE;
import static streamcache.seerr.SeerrRig.MATRIX;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.origin.Failure;
import streamcache.origin.OriginException;
import streamcache.testkit.seerr.FakeSeerr.Asked;

/** A link without metadata is looked up at its panel, once, if no other source identifies it. */
final class XtreamMetadataSourceTest {

  private static final String KNOWN = "{\"info\":{\"tmdb_id\":603}}";
  private static final String QUESTION =
      "http://provider.example/player_api.php?username=user7&password=pass7&action=get_vod_info"
          + "&vod_id=4711";

  @TempDir Path folder;
  private SeerrRig rig;

  @BeforeEach
  void open() {
    rig = new SeerrRig(folder);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        KNOWN,
        "{\"info\":{\"tmdb_id\":\"603\"},\"movie_data\":{\"stream_id\":4711}}",
        "{\"info\":{\"tmdb\":603,\"tmdb_id\":\"603\"},\"movie_data\":{\"stream_id\":\"4711\"}}",
        "{\"info\":[],\"movie_data\":{\"tmdb_id\":\"603\"}}",
        "{\"info\":{\"tmdb_id\":\"\"},\"movie_data\":{\"tmdb\":603}}"
      })
  void film_toldByThePanel_isRequestedOnce(String answer) throws IOException {
    answers(answer);
    rig.gone("4711.mkv", "4711.mkv").gone("4711.mkv", "4711.mkv").rounds(Duration.ofDays(2));
    rig.gone("4711.mkv", "4711.mkv").rounds(Duration.ofDays(2));
    assertThat(rig.fake.asked()).containsExactly(new Asked("movie", 603, List.of(), 1));
    assertThat(rig.questions).containsExactly(QUESTION);
    assertThat(rig.only()).startsWith("done: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>",
        "[]",
        "{\"info\":[]}",
        "{\"info\":{\"tmdb_id\":0}}",
        "{\"info\":{\"tmdb_id\":60.3}}",
        "{\"info\":{\"tmdb_id\":\"tt0133093\"}}",
        "{\"info\":{\"tmdb_id\":[603]}}",
        "{\"info\":{\"tmdb_id\":603,\"tmdb\":604}}",
        "{\"info\":{\"tmdb_id\":603},\"movie_data\":{\"stream_id\":4712}}"
      })
  void panel_tellsNothingSure_isRefused(String answer) throws IOException {
    answers(answer);
    rig.gone("4711.mkv", "4711.mkv").round();
    assertThat(rig.fake.posts()).isEmpty();
    assertThat(rig.only()).startsWith("refused: the name contains no title with its year");
  }

  @Test
  void panel_doesNotAnswer_isRefused() throws IOException {
    rig.panel =
        (_, _) -> {
          throw new OriginException(new Failure.Slow(OptionalInt.empty(), "x"));
        };
    rig.gone("4711.mkv", "4711.mkv").round();
    assertThat(rig.only()).startsWith("refused: the name contains no title with its year");
  }

  @Test
  void account_inUse_isAskedLater() throws IOException {
    rig.panel = (_, _) -> Optional.empty();
    rig.gone("4711.mkv", "4711.mkv").round();
    assertThat(rig.only())
        .isEqualTo(
            "to be reported: the provider will be asked which film this is when the account is"
                + " free");
    answers(KNOWN);
    rig.rounds(Duration.ofMinutes(5));
    assertThat(rig.fake.asked()).hasSize(1);
  }

  @Test
  void link_thatNamesTheWork_isNotAskedAbout() {
    answers(KNOWN);
    rig.gone("4711.mkv", MATRIX).fails("4712.mkv", "x.mkv", "?tmdb=604&type=movie", GONE).round();
    assertThat(rig.questions).isEmpty();
  }

  @Test
  void link_ofAnEpisode_isNoFilm() throws IOException {
    answers(KNOWN);
    rig.gone("4711.mkv", "S01E02.mkv").round();
    assertThat(rig.fake.posts()).isEmpty();
    assertThat(rig.only()).isEqualTo("refused: the link and the provider name different works");
  }

  @Test
  void switchedOff_isNotAsked() {
    answers(KNOWN);
    rig.restart(SeerrRig::asksNoProvider).gone("4711.mkv", "4711.mkv").round();
    assertThat(rig.questions).isEmpty();
    assertThat(rig.fake.posts()).isEmpty();
  }

  private void answers(String json) {
    rig.panel = (_, _) -> Optional.of(json.getBytes(UTF_8));
  }
}
