package streamcache.seerr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the query of a link says about its work, and what its name adds. */
final class MediaIdentityTest {

  @ParameterizedTest
  @CsvSource({
    "/u/x/a.mkv?tmdb=603, tmdb:603",
    "/u/x/a.mkv?type=movie&tmdb=603&error=status, tmdb:603",
    "/u/x?TMDB=603, tmdb:603",
    "/u/x?tmdb=%36%30%33, tmdb:603",
    "/u/x?tmdb=603&tmdb=604, tmdb:603",
    "/u/x?imdb=tt0133093, imdb:tt0133093",
    "/u/x?tvdb=121361, tvdb:121361",
    "/u/x?imdb=tt0133093&tmdb=603, tmdb:603",
    "/u/x?tmdb=, -",
    "/u/x?tmdb, -",
    "/u/x?tmdb=-1, -",
    "/u/x?tmdb=603x, -",
    "/u/x?tmdb=%zz, -",
    "/u/x?imdb=0133093, -",
    "/u/x?xtmdb=603, -",
    "/u/x?, -",
    "/u/tmdb=603, -"
  })
  void parameters_id(String target, String id) {
    assertThat(WorkParameters.of(target).id().map(CatalogueId::toString).orElse("-")).isEqualTo(id);
  }

  @ParameterizedTest
  @CsvSource({"movie, MOVIE", "Film, MOVIE", "tv, TV", "series, TV", "show, TV", "episode, TV"})
  void parameters_type(String word, MediaIdentity.Kind kind) {
    assertThat(WorkParameters.of("/u/x?type=" + word).kind()).contains(kind);
    assertThat(WorkParameters.of("/u/x?type=" + word + "s2").kind()).isEmpty();
  }

  @Test
  void of_parametersAndName_parametersWinAndTheNameCompletes() {
    MediaIdentity episode =
        MediaIdentity.of("/u/x/y?tmdb=1399&type=tv&episode=7", "Show (2019) - S03E02.mkv");
    assertThat(episode.id()).hasToString("Optional[tmdb:1399]");
    assertThat(episode.season()).hasValue(3);
    assertThat(episode.episode()).hasValue(7);
    assertThat(episode.likelyKind()).isEqualTo(MediaIdentity.Kind.TV);
    assertThat(episode.title()).isEqualTo("Show");
    assertThat(episode.year()).hasValue(2019);
  }

  @Test
  void of_filmByParameter_hasNoSeasonWhateverItsName() {
    MediaIdentity film = MediaIdentity.of("/u/x/y?tmdb=603&type=movie", "Odd S01E02.mkv");
    assertThat(film.likelyKind()).isEqualTo(MediaIdentity.Kind.MOVIE);
    assertThat(film.season()).isEmpty();
    assertThat(film.episode()).isEmpty();
  }

  @Test
  void of_nothing_isAFilmThatCannotBeTold() {
    MediaIdentity work = MediaIdentity.of("/u/x", "1234.mkv");
    assertThat(work.kind()).isEmpty();
    assertThat(work.id()).isEmpty();
    assertThat(work.likelyKind()).isEqualTo(MediaIdentity.Kind.MOVIE);
    assertThat(MediaIdentity.UNKNOWN.completedBy(work)).isEqualTo(work);
    assertThat(MediaIdentity.UNKNOWN.year()).isEqualTo(OptionalInt.empty());
    assertThat(MediaIdentity.of("/u/x?type=nonsense", "").kind()).isEqualTo(Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({
    "Amélie, Amelie, true",
    "Spider-Man, Spider Man, true",
    "Spider-Man, Spiderman, true",
    "The Matrix, the matrix!, true",
    "Mr. & Mrs. Smith, Mr and Mrs Smith, true",
    "S.W.A.T., SWAT, true",
    "Straße, Strasse, true",
    "千と千尋の神隠し, 千と千尋の神隠し, true",
    "The Matrix, The Matrix Reloaded, false",
    "The Matrix, Matrix, false",
    "Se7en, Seven, false",
    "'...', '!!!', false",
    "'', '', false"
  })
  void same_titles(String left, String right, boolean same) {
    assertThat(TitleText.same(left, right)).isEqualTo(same);
  }
}
