package streamcache.seerr;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.seerr.SeerrRig.MATRIX;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.testkit.seerr.FakeSeerr.Asked;

/** A link without metadata is identified by the names of its .strm files, or not at all. */
final class StrmMetadataSourceTest {

  private static final String URL = "http://provider.example/movie/user7/pass7/4711.mkv";
  private static final String DISAGREE =
      "refused: the .strm files of this title name different works; append ?tmdb=NUMBER to the"
          + " link";

  @TempDir Path temporary;
  private Path library;
  private SeerrRig rig;

  @BeforeEach
  void open() throws IOException {
    library = Files.createDirectory(temporary.resolve("library"));
    rig = new SeerrRig(temporary.resolve("outbox"));
    rig.restart(old -> SeerrRig.library(old, library));
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The Matrix (1999)/The Matrix (1999).strm",
        "The Matrix (1999)/film.strm",
        "Films/The Matrix (1999) {tmdb-603}/x.strm",
        "Matrix [tmdbid=603].strm"
      })
  void film_namedByItsFile_isRequestedOnce(String file) throws IOException {
    write(file, URL);
    rig.gone("4711.mkv", "4711.mkv").gone("4711.mkv", "4711.mkv").rounds(Duration.ofDays(2));
    assertThat(rig.fake.asked()).containsExactly(new Asked("movie", 603, List.of(), 1));
    assertThat(rig.only()).startsWith("done: requested as number ");
  }

  @Test
  void film_namedByAnotherCatalogue_isRequested() throws IOException {
    rig.fake.movie(604, "The Matrix Reloaded", "The Matrix Reloaded", 2003, "tt0234215");
    write("Matrix 2 [imdbid-tt0234215].strm", URL);
    rig.gone("4711.mkv", "4711.mkv").round();
    assertThat(rig.fake.asked()).containsExactly(new Asked("movie", 604, List.of(), 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Game of Thrones (2011)/Season 02/Game of Thrones - S02E03.strm",
        "Game of Thrones (2011)/Season 2/3.strm",
        "Game of Thrones (2011) - 2x03.strm",
        "Thrones {tmdb-1399}/Staffel 2/S02E03.strm"
      })
  void episode_namedByItsFile_isItsSeason(String file) throws IOException {
    write(file, URL);
    rig.gone("4711.mkv", "4711.mkv").round();
    assertThat(rig.fake.asked()).containsExactly(new Asked("tv", 1399, List.of(2), 1));
  }

  @ParameterizedTest
  @CsvSource({
    "The Matrix (1999).strm, The Matrix (2003).strm",
    "The Matrix (1999).strm, Game of Thrones (2011).strm",
    "The Matrix {tmdb-603}.strm, The Matrix {tmdb-604}.strm",
    "The Matrix {tmdb-603}.strm, Matrix (1999).strm",
    "Game of Thrones (2011) - S01E02.strm, Game of Thrones (2011) - S01E03.strm",
    "Game of Thrones (2011) - S01E02.strm, Season 2/2.strm",
    "The Matrix (1999).strm, The Matrix (1999) - S01E02.strm"
  })
  void files_thatDisagree_areRefused(String one, String other) throws IOException {
    write(one, URL);
    write(other, URL);
    rig.gone("4711.mkv", "4711.mkv").rounds(Duration.ofDays(2));
    assertThat(rig.fake.posts()).isEmpty();
    assertThat(rig.only()).isEqualTo(DISAGREE);
  }

  @Test
  void files_thatAgree_areOne() throws IOException {
    write("films/The Matrix (1999)/The Matrix (1999) - 4K.strm", URL);
    write("other/the matrix (1999) {tmdb-603}.strm", URL);
    write("new/4711.strm", URL);
    rig.gone("4711.mkv", "4711.mkv").round();
    assertThat(rig.fake.asked()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"4711.strm", "The Matrix/The Matrix.strm", "1999.strm"})
  void file_thatNamesNothing_isRefused(String file) throws IOException {
    write(file, URL);
    rig.gone("4711.mkv", "4711.mkv").round();
    assertThat(rig.fake.posts()).isEmpty();
    assertThat(rig.only()).startsWith("refused: the name contains no title with its year");
  }

  @Test
  void link_thatContradictsTheFile_isRefused() throws IOException {
    write("Game of Thrones (2011)/S01E02.strm", URL);
    rig.gone("4711.mkv", "S01E03.mkv").round();
    assertThat(rig.fake.posts()).isEmpty();
    assertThat(rig.only()).isEqualTo("refused: the link and the .strm file name different works");
  }

  @Test
  void link_thatNamesTheWork_isEnough() throws IOException {
    write("Game of Thrones (2011)/S01E02.strm", URL);
    rig.gone("4711.mkv", MATRIX).round();
    assertThat(rig.fake.asked()).containsExactly(new Asked("movie", 603, List.of(), 1));
  }

  /** An ambiguous search never identifies a link, but an id in a library name is not ambiguous. */
  @Test
  void link_whoseNameIsAmbiguous_isToldByTheFile() throws IOException {
    rig.fake.movie(604, "The Matrix", 1999);
    write("The Matrix (1999) {tmdb-604}.strm", URL);
    rig.gone("4711.mkv", MATRIX).round();
    assertThat(rig.fake.asked()).containsExactly(new Asked("movie", 604, List.of(), 1));
  }

  @Test
  void names_ofTheLibrary_areNowhereToBeSeen() throws IOException {
    write("Secret Folder (1999)/Hidden Name (2001).strm", URL);
    write("The Matrix (1999) Secret {tmdb-603}.strm", "http://provider.example/2.mkv");
    rig.gone("4711.mkv", "4711.mkv").rounds(Duration.ofDays(2));
    assertThat(rig.told().toString() + rig.book().entries())
        .contains("for the name given by the .strm file")
        .doesNotContain("Secret", "Hidden");
    assertThat(Files.readString(temporary.resolve("outbox").resolve(SeerrBook.FILE)))
        .doesNotContain("Secret", "Hidden");
  }

  private void write(String name, String text) throws IOException {
    Path file = library.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
