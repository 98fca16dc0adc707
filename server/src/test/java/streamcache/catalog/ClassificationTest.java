package streamcache.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamcache.link.KeyRing;
import streamcache.link.Links;

/** What an item of a playlist is taken for. */
final class ClassificationTest {

  private final Classification classification = new Classification(new Links(KeyRing.empty()));

  private CatalogEntry read(String name, String url, double seconds) {
    return classification.of(
        new PlaylistItem(seconds, Map.of(), name, "Group", new MediaTarget(url)));
  }

  @ParameterizedTest
  @CsvSource({
    "http://h/movie/u/p/1.mkv,        -1, Any,            FILM",
    "http://h/movie/u/p/1.ts,         -1, Any,            FILM",
    "http://h/series/u/p/1.mp4,       -1, Show S01E02,    SERIES",
    "http://h/live/u/p/1.ts,          -1, Show S01E02,    LIVE",
    "http://h/u/p/1,                  -1, Channel,        LIVE",
    "http://h/x.mkv,                  -1, Any,            FILM",
    "http://h/x.MP4?token=a.ts,       -1, Any,            FILM",
    "http://h/x.mkv|User-Agent=a/b,   -1, Any,            FILM",
    "http://h/x.mkv,                  -1, Show 1x02,      SERIES",
    "http://h/play/x,                 -1, Show s1 e2,     SERIES",
    "http://h/play/x,                 -1, Season 1 Episode 2, SERIES",
    "http://h/play/x,               5400, Any,            FILM",
    "http://h/play/x,                 -1, Any (1999),     FILM",
    "http://h/x.m3u8,                 -1, Any,            LIVE",
    "http://h/x.ts,                    0, Any 1999,       LIVE",
  })
  void of_urlNameAndTime_decide(String url, double seconds, String name, EntryKind kind) {
    assertThat(EntryKind.of(read(name, url, seconds))).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "Death Race 2000,             Death Race 2000,     0",
    "The Matrix (1999),           The Matrix,          1999",
    "EN - The Matrix (1999) 4K,   EN - The Matrix,     1999",
    "2001 (1968),                 2001,                1968",
    "(1999),                      (1999),              0",
    "Blade [1982] (2049) (2017),  Blade [1982] (2049), 2017",
  })
  void of_film_hasTitleAndYear(String name, String title, int year) {
    FilmEntry film = (FilmEntry) read(name, "http://h/x.mkv", -1);

    assertThat(film.title()).isEqualTo(title);
    assertThat(film.year()).isEqualTo(year == 0 ? OptionalInt.empty() : OptionalInt.of(year));
  }

  @ParameterizedTest
  @CsvSource({
    "Show (2019) S01E02 The Pilot,  Show,  2019, 1,  2,  The Pilot",
    "Show S01 S01E02,               Show,  0,    1,  2,  ''",
    "Show - 1x02 - Pilot,           Show,  0,    1,  2,  Pilot",
    "Show S00E12,                   Show,  0,    0,  12, ''",
    "24 S02E03,                     24,    0,    2,  3,  ''",
    "S02E03,                        Group, 0,    2,  3,  ''",
  })
  void of_episode_hasNumbers(
      String name, String series, int year, int season, int number, String title) {
    EpisodeEntry episode = (EpisodeEntry) read(name, "http://h/x.mkv", -1);

    assertThat(episode.series()).isEqualTo(series);
    assertThat(episode.year().orElse(0)).isEqualTo(year);
    assertThat(episode.season()).isEqualTo(season);
    assertThat(episode.number()).isEqualTo(number);
    assertThat(episode.title()).isEqualTo(title);
  }

  @Test
  void sourceId_ofAPanel_staysWithAnotherPassword_andHoldsNone() {
    String before = read("A", "http://h/movie/anna/opensesame/12.mkv", -1).sourceId();
    String after = read("B", "http://h/movie/anna/other/12.mp4", -1).sourceId();

    assertThat(before).isEqualTo(after).doesNotContain("sesame").doesNotContain("anna");
    assertThat(read("A", "http://h/series/anna/other/12.mkv", -1).sourceId()).isNotEqualTo(before);
    assertThat(read("A", "http://h2/movie/anna/other/12.mkv", -1).sourceId()).isNotEqualTo(before);
  }

  @Test
  void sourceId_ofAnotherUrl_isItsDigest() {
    String id = read("A", "http://anna:opensesame@h/x.mkv", -1).sourceId();

    assertThat(id).matches("[a-z2-7]{26}");
    assertThat(read("B", "HTTP://anna:opensesame@H:80/x.mkv", -1).sourceId()).isEqualTo(id);
  }

  @Test
  void of_numbersOfCatalogues_areTakenIfValid() {
    FilmEntry film =
        (FilmEntry)
            classification.of(
                new PlaylistItem(
                    -1,
                    Map.of("tmdb", "603", "imdb-id", "0133093"),
                    "A",
                    "",
                    new MediaTarget("http://h/x.mkv")));

    assertThat(film.ids()).isEqualTo(WorkIds.of("603", ""));
  }
}
