package streamcache.prewarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.link.BadLink;
import streamcache.link.KeyRing;
import streamcache.link.Link;
import streamcache.link.LinkForm;
import streamcache.link.Links;

/** Which episode follows another. */
final class EpisodeSearchTest {

  private final Links links = new Links(KeyRing.empty());

  @TempDir Path library;

  private EpisodeSearch search;

  @BeforeEach
  void search() {
    search = new EpisodeSearch(List.of(library.resolve("missing"), library), links);
  }

  /** Writes a file whose link has the name of the file, as STRM_WRAP and imports make it. */
  private Link write(String file) throws IOException, BadLink {
    Path path = library.resolve(file);
    Files.createDirectories(path.getParent());
    String stem = path.getFileName().toString().replaceFirst("\\.strm$", "");
    String url = "http://panel.example/series/u/p/" + Math.abs(file.hashCode()) + ".mkv";
    String link = links.makeRestorable(LinkForm.PLAIN, url, stem, Optional.empty());
    Files.writeString(path, "http://cache:8080" + link + "\n");
    return links.open(link).link();
  }

  private Optional<String> after(Link played) {
    return search.after(played).map(Link::name);
  }

  @Test
  void after_episodeOfASeason_isTheNextOne() throws Exception {
    Link first = write("Show/Season 1/Show S01E01 Pilot.strm");
    Link third = write("Show/Season 1/Show S01E03.strm");
    Link second = write("Show/Season 1/Show S01E02.strm");
    assertThat(after(first)).contains("Show S01E02.mkv");
    assertThat(after(second)).contains("Show S01E03.mkv");
    assertThat(after(third)).isEmpty();
  }

  @Test
  void after_lastOfASeason_isTheFirstOfTheNext() throws Exception {
    Link last = write("Show/Season 1/Show S01E10.strm");
    write("Show/Season 2/Show S02E02.strm");
    write("Show/Season 2/Show S02E01.strm");
    write("Show/Season 3/Show S03E01.strm");
    assertThat(after(last)).contains("Show S02E01.mkv");
    Link flat = write("Flat/Other 1x09.strm");
    write("Flat/Other 2x01.strm");
    assertThat(after(flat)).contains("Other 2x01.mkv");
  }

  @Test
  void after_folderOfSeveralSeries_isOneOfTheSame() throws Exception {
    Link first = write("Mixed/Alpha S01E01.strm");
    write("Mixed/Beta S01E02.strm");
    assertThat(after(first)).isEmpty();
    write("Mixed/alpha S01E02.strm");
    assertThat(after(first)).contains("alpha S01E02.mkv");
  }

  @Test
  void after_filmOrUnknownName_isNothing() throws Exception {
    Link film = write("Films/Heat (1995).strm");
    write("Films/Heat (1996).strm");
    assertThat(after(film)).isEmpty();
    write("Show/Show S01E02.strm");
    assertThat(after(links.of("http://panel.example/Show%20S01E01.mkv"))).isEmpty();
  }

  /** A file of that name that plays something else is another library's. */
  @Test
  void after_fileThatPlaysAnotherTitle_isNotTaken() throws Exception {
    Link first = write("Show/Show S01E01.strm");
    write("Show/Show S01E02.strm");
    Files.writeString(library.resolve("Show/Show S01E01.strm"), "http://elsewhere.example/1.mkv\n");
    assertThat(after(first)).isEmpty();
  }

  @Test
  void after_nextFileWithoutALink_isNothing() throws Exception {
    Link first = write("Show/Show S01E01.strm");
    Files.writeString(library.resolve("Show/Show S01E02.strm"), "# nothing\n");
    assertThat(after(first)).isEmpty();
  }
}
