package streamcache.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where each media server looks. */
final class NamingTest {

  private static final MediaTarget TARGET = new MediaTarget("http://h/x.mkv");

  @ParameterizedTest
  @CsvSource({
    "JELLYFIN, Title (1999) [tmdbid-603]",
    "EMBY,     Title (1999) [tmdbid-603]",
    "KODI,     Title (1999) {tmdb-603}",
    "PLEX,     Title (1999) {tmdb-603}",
  })
  void of_film_hasAFolderOfItsName(MediaServer server, String name) {
    WorkIds ids = WorkIds.of("603", "tt0133093");
    FilmEntry film = new FilmEntry("1", "Title", OptionalInt.of(1999), ids, "", TARGET);

    assertThat(new Naming(server).of(film).link())
        .isEqualTo("Movies/" + name + "/" + name + ".strm");
  }

  @Test
  void of_episode_isInTheFolderOfItsSeason() {
    EpisodeEntry episode =
        new EpisodeEntry(
            "1", "Series", OptionalInt.of(2019), WorkIds.NONE, 1, 2, "Pilot", "", TARGET);
    Naming naming = new Naming(MediaServer.JELLYFIN);

    assertThat(naming.of(episode).link())
        .isEqualTo("Shows/Series (2019)/Season 01/Series - S01E02.strm");
    assertThat(naming.series(episode).description()).isEqualTo("Shows/Series (2019)/tvshow.nfo");
  }

  @Test
  void of_filmWithoutYear_isNamedByTitle() {
    FilmEntry film =
        new FilmEntry("1", "Title", OptionalInt.empty(), WorkIds.of("", "tt0133093"), "", TARGET);

    assertThat(new Naming(MediaServer.EMBY).of(film).stem()).isEqualTo("Title [imdbid-tt0133093]");
  }
}
