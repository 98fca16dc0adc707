package streamcache.seerr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How names are parsed, as a table: a minus sign stands for what a name does not state. */
final class WorkNameTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        // Films as media servers expect them.
        "The Matrix (1999).mkv                           | The Matrix              | 1999 | -",
        "The Matrix (1999)                               | The Matrix              | 1999 | -",
        "The Matrix [1999].mp4                           | The Matrix              | 1999 | -",
        "The Matrix {tmdb-603}.mkv                       | The Matrix              | -    | tmdb:603",
        "The Matrix (1999) {tmdb-603}.mkv                | The Matrix              | 1999 | tmdb:603",
        "The Matrix (1999) [tmdbid=603].mkv              | The Matrix              | 1999 | tmdb:603",
        "The Matrix (1999) [tmdbid-603] - 1080p.mkv      | The Matrix              | 1999 | tmdb:603",
        "The Matrix (1999) {tmdb=603}.mkv                | The Matrix              | 1999 | tmdb:603",
        "The Matrix (1999) (TMDBID-603).mkv              | The Matrix              | 1999 | tmdb:603",
        "The Matrix (1999) [tmdb: 603].mkv               | The Matrix              | 1999 | tmdb:603",
        "{tmdb-603}.mkv                                  | -                       | -    | tmdb:603",
        "The Matrix (1999) {imdb-tt0133093}.mkv          | The Matrix              | 1999 | imdb:tt0133093",
        "The Matrix (1999) [imdbid-TT0133093].mkv        | The Matrix              | 1999 | imdb:tt0133093",
        "The Matrix (1999) tt0133093.mkv                 | The Matrix              | 1999 | imdb:tt0133093",
        "X {imdb-tt0133093}{tmdb-603}.mkv                | X                       | -    | tmdb:603",
        "X (1999) {tmdb-0}.mkv                           | X                       | 1999 | -",
        "X (1999) {tmdb-tt0133093}.mkv                   | X                       | 1999 | imdb:tt0133093",
        "X (1999) {tmdb-99999999999}.mkv                 | X                       | 1999 | -",
        "X (1999) {edition-Final Cut}.mkv                | X                       | 1999 | -",
        "The Matrix (1999) - 2160p HDR.mkv               | The Matrix              | 1999 | -",
        // Titles that look like something else.
        "2012 (2009).mkv                                 | 2012                    | 2009 | -",
        "1917 (2019).mkv                                 | 1917                    | 2019 | -",
        "1984 (1984).mkv                                 | 1984                    | 1984 | -",
        "2001 A Space Odyssey (1968).mkv                 | 2001 A Space Odyssey    | 1968 | -",
        "Blade Runner 2049 (2017).mkv                    | Blade Runner 2049       | 2017 | -",
        "Wonder Woman 1984 (2020).mkv                    | Wonder Woman 1984       | 2020 | -",
        "Death Race 2000.mkv                             | Death Race 2000         | -    | -",
        "Death.Race.2000.mkv                             | Death Race 2000         | -    | -",
        "The Matrix 1999.mkv                             | The Matrix 1999         | -    | -",
        "(500) Days of Summer (2009).mkv                 | (500) Days of Summer    | 2009 | -",
        "10x10 (2018).mkv                                | 10x10                   | 2018 | -",
        "Se7en (1995).mkv                                | Se7en                   | 1995 | -",
        "S.W.A.T. (2003).mkv                             | S.W.A.T                 | 2003 | -",
        "Mr. & Mrs. Smith (2005).mkv                     | Mr. & Mrs. Smith        | 2005 | -",
        "Mission: Impossible - Fallout (2018).mkv        | Mission: Impossible - Fallout | 2018 | -",
        "Amélie (2001).mkv                               | Amélie                  | 2001 | -",
        "Брат (1997).mkv                                 | Брат                    | 1997 | -",
        "千と千尋の神隠し (2001).mkv                      | 千と千尋の神隠し         | 2001 | -",
        "המטריקס (1999).mkv                              | המטריקס                 | 1999 | -",
        "It (2017).mkv                                   | It                      | 2017 | -",
        "IT - Chapter Two (2019).mkv                     | IT - Chapter Two        | 2019 | -",
        "US - A Story (2019).mkv                         | US - A Story            | 2019 | -",
        "Charlotte's Web (2006).mkv                      | Charlotte's Web         | 2006 | -",
        // Releases.
        "The.Matrix.1999.1080p.BluRay.x264-GROUP.mkv     | The Matrix              | 1999 | -",
        "The.Matrix.1999.x264-GROUP.mkv                  | The Matrix              | 1999 | -",
        "The Matrix 1999 1080p WEB-DL.mkv                | The Matrix              | 1999 | -",
        "The.Matrix.1999.German.DL.2160p.UHD.mkv         | The Matrix              | 1999 | -",
        "The_Matrix_1999_720p.mkv                        | The Matrix              | 1999 | -",
        "The.Matrix.(1999).1080p.mkv                     | The Matrix              | 1999 | -",
        "Blade.Runner.2049.2017.2160p.REMUX.mkv          | Blade Runner 2049       | 2017 | -",
        "2012.2009.BluRay.mkv                            | 2012                    | 2009 | -",
        "Charlottes.Web.2006.1080p.mkv                   | Charlottes Web          | 2006 | -",
        "The.French.Dispatch.2021.1080p.WEB.mkv          | The French Dispatch     | 2021 | -",
        "Blade.Runner.1982.Directors.Cut.1080p.mkv       | Blade Runner            | 1982 | -",
        "The.Matrix.1080p.mkv                            | The Matrix              | -    | -",
        "[GROUP] The Matrix (1999) [1080p][ABCD].mkv     | The Matrix              | 1999 | -",
        "The.Matrix.mkv                                  | The Matrix              | -    | -",
        // Prefixes of IPTV providers.
        "EN - The Matrix (1999).mkv                      | The Matrix              | 1999 | -",
        "4K-DE - The Matrix (1999).mkv                   | The Matrix              | 1999 | -",
        "[EN] The Matrix (1999).mkv                      | The Matrix              | 1999 | -",
        "DE : The Matrix (1999).mkv                      | The Matrix              | 1999 | -",
        // Names without usable metadata.
        "1234.mkv                                        | 1234                    | -    | -",
        "movie.mkv                                       | movie                   | -    | -",
        "The Daily Show 2024-01-15.mkv                   | The Daily Show 2024-01-15 | -  | -",
        ".mkv                                            | -                       | -    | -",
        "(1999).mkv                                      | 1999                    | -    | -",
        "...                                             | -                       | -    | -",
      })
  void read_film(String name, String title, String year, String id) {
    assertThat(told(WorkName.read(name))).isEqualTo(title + "|" + year + "|" + id + "|-|-|-");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "Show - S01E02.mkv                               | Show      | -    | -    | 1 | 2",
        "Show - S01E02 - The Name (2019).mkv             | Show      | -    | -    | 1 | 2",
        "Show (2019) - S01E02 - Name.mkv                 | Show      | 2019 | -    | 1 | 2",
        "Show.S01E02.1080p.WEB.x264-GROUP.mkv            | Show      | -    | -    | 1 | 2",
        "Show s1e2.mkv                                   | Show      | -    | -    | 1 | 2",
        "Show S01 E02.mkv                                | Show      | -    | -    | 1 | 2",
        "Show S01.E02.mkv                                | Show      | -    | -    | 1 | 2",
        "Show S01EP02.mkv                                | Show      | -    | -    | 1 | 2",
        "Show - S01E02E03.mkv                            | Show      | -    | -    | 1 | 2",
        "Show - S01E02-E03.mkv                           | Show      | -    | -    | 1 | 2",
        "Show - S2024E102.mkv                            | Show - S2024E102 | - | - | - | -",
        "Show - S00E05.mkv                               | Show      | -    | -    | 0 | 5",
        "Show - S01E1001.mkv                             | Show      | -    | -    | 1 | 1001",
        "Show 1x02.mkv                                   | Show      | -    | -    | 1 | 2",
        "Show - 12x105 - Name.mkv                        | Show      | -    | -    | 12 | 105",
        "Show 1920x1080.mkv                              | Show 1920x1080 | - | -   | - | -",
        "Show Season 1 Episode 2.mkv                     | Show      | -    | -    | 1 | 2",
        "Show Staffel 1 Folge 2.mkv                      | Show      | -    | -    | 1 | 2",
        "Show (2019) {tvdb-121361} - S01E02.mkv          | Show      | 2019 | tvdb:121361 | 1 | 2",
        "Show S01E02 [tmdbid=1399].mkv                   | Show      | -    | tmdb:1399   | 1 | 2",
        "EN - Show (2019) S01E02.mkv                     | Show      | 2019 | -    | 1 | 2",
        "1923 (2022) - S01E01.mkv                        | 1923      | 2022 | -    | 1 | 1",
        "Space 1999 S01E01.mkv                           | Space 1999 | -   | -    | 1 | 1",
        "The 100 - S01E02.mkv                            | The 100   | -    | -    | 1 | 2",
        "S01E02.mkv                                      | -         | -    | -    | 1 | 2",
        // With their folders.
        "Show (2019)/Season 01/Show - S01E02.mkv         | Show      | 2019 | -    | 1 | 2",
        "Show (2019) {tmdb-1399}/Season 1/S01E02.mkv     | Show      | 2019 | tmdb:1399 | 1 | 2",
        "TV/Show (2019)/Season 01/Episode 2.mkv          | Show      | 2019 | -    | 1 | 2",
        "TV/Show (2019)/Staffel 3/The Name.mkv           | Show      | 2019 | -    | 3 | -",
        "TV/Show (2019)/S02/Show 2x05.mkv                | Show      | 2019 | -    | 2 | 5",
        "TV/Show (2019)/Specials/Show - The Making.mkv   | Show      | 2019 | -    | 0 | -",
        "Show (2019)\\Season 01\\Show - S01E02.mkv       | Show      | 2019 | -    | 1 | 2",
        "TV/Show/S01E02.mkv                              | Show      | -    | -    | 1 | 2",
        "TV/Show (2019)/Show S01E02.mkv                  | Show      | 2019 | -    | 1 | 2",
        "TV/Shows A-Z/Show (2020) S01E02.mkv             | Show      | 2020 | -    | 1 | 2",
      })
  void read_episode(
      String name, String title, String year, String id, String season, String episode) {
    String kind = season.equals("-") && episode.equals("-") ? "-" : "TV";
    assertThat(told(WorkName.read(name)))
        .isEqualTo(String.join("|", title, year, id, kind, season, episode));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Movies/The Matrix (1999)/The Matrix.mkv         | The Matrix | 1999 | -",
        "Movies/The Matrix (1999)/The Matrix (1999).mkv  | The Matrix | 1999 | -",
        "Movies/Matrix {tmdb-603}/movie.mkv              | Matrix     | -    | tmdb:603",
        "Movies/A (2000)/The Matrix (1999).mkv           | The Matrix | 1999 | -",
        "Movies/The Matrix.mkv                           | The Matrix | -    | -",
      })
  void read_filmInFolders(String name, String title, String year, String id) {
    assertThat(told(WorkName.read(name))).isEqualTo(title + "|" + year + "|" + id + "|-|-|-");
  }

  /** Names come from outside: none may make the parser fail or run long. */
  @Test
  void read_anything_neitherFailsNorHangs() {
    long seed = new Random().nextLong();
    System.out.println("WorkNameTest seed " + seed);
    Random random = new Random(seed);
    String letters = "aS0E1x9 .-_()[]{}|/\\:tmdb=(1999)\u05d0\ud83d\ude00$\\E";
    long begun = System.nanoTime();
    for (int round = 0; round < 20_000; round++) {
      StringBuilder name = new StringBuilder();
      for (int length = random.nextInt(60); length > 0; length--) {
        name.append(letters.charAt(random.nextInt(letters.length())));
      }
      assertThat(WorkName.read(name.toString())).as(name.toString()).isNotNull();
    }
    for (String piece :
        new String[] {"(", "[1", "S0", "1999 ", "{tmdb-", "a.", "- ", "tt00", "|"}) {
      assertThat(WorkName.read(piece.repeat(5000))).isNotNull();
    }
    assertThat(System.nanoTime() - begun).isLessThan(20_000_000_000L);
  }

  private static String told(MediaIdentity work) {
    return String.join(
        "|",
        work.title().isEmpty() ? "-" : work.title(),
        number(work.year()),
        work.id().map(CatalogueId::toString).orElse("-"),
        work.kind().map(Enum::name).orElse("-"),
        number(work.season()),
        number(work.episode()));
  }

  private static String number(java.util.OptionalInt number) {
    return number.isPresent() ? Integer.toString(number.getAsInt()) : "-";
  }
}
