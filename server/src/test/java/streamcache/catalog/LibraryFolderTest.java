package streamcache.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.catalog.LibraryRules.Removal;
import streamcache.link.BadLink;
import streamcache.link.KeyFile;
import streamcache.link.KeyFileException;
import streamcache.link.KeyRing;
import streamcache.link.LinkForm;
import streamcache.link.Links;
import streamcache.link.StrmLine;

/** What an import leaves on the disk, and what it leaves alone. */
final class LibraryFolderTest {

  private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2001-02-03T04:05:06Z"));
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path folder;

  private final List<String> complaints = new ArrayList<>();
  private Path library = Path.of("");
  private KeyRing keys = KeyRing.empty();
  private String base = "http://me:8080";
  private Optional<Duration> lifetime = Optional.empty();
  private Instant now = NOW;
  private LibraryRules rules = rules(Removal.NONE, /* isDryRun= */ false);

  @BeforeEach
  void makeKey() throws KeyFileException {
    library = folder.resolve("library");
    keys = new KeyFile(folder.resolve("secret.key")).openOrMake();
  }

  private static LibraryRules rules(Removal removal, boolean isDryRun) {
    return new LibraryRules("m3u", MediaServer.JELLYFIN, /* describes= */ false, removal, isDryRun);
  }

  private LibrarySummary fill(CatalogEntry... entries) throws LibraryException {
    return fill(/* isComplete= */ true, entries);
  }

  private LibrarySummary fill(boolean isComplete, CatalogEntry... entries) throws LibraryException {
    LinkMaker links =
        new LinkMaker(new Links(keys), LinkForm.SEALED, base, lifetime, InstantSource.fixed(now));
    try (LibraryFolder open = LibraryFolder.open(library, rules, links, complaints::add)) {
      for (CatalogEntry entry : entries) {
        open.write(entry);
      }
      return open.finish(isComplete);
    }
  }

  private static FilmEntry film(String id, String title) {
    return film(id, title, "http://h/movie/anna/opensesame/" + id + ".mkv");
  }

  private static FilmEntry film(String id, String title, String url) {
    return new FilmEntry(id, title, OptionalInt.empty(), WorkIds.NONE, "", new MediaTarget(url));
  }

  private static ChannelEntry channel(String name, Map<String, String> attributes) {
    MediaTarget target = new MediaTarget("http://h/anna/opensesame/" + name.length());
    return new ChannelEntry(name, name, attributes, "News", target);
  }

  private static String pathOf(String title) {
    return "Movies/" + title + "/" + title + ".strm";
  }

  private Path file(String title) {
    return library.resolve(pathOf(title));
  }

  private String url(Path file) throws IOException, BadLink {
    String line = Files.readString(file).strip();
    assertThat(line).startsWith(base + "/e/");
    return new Links(keys).open(StrmLine.path(line)).link().source().reveal();
  }

  private List<String> tree() throws IOException {
    try (Stream<Path> files = Files.walk(library)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> library.relativize(file).toString())
          .filter(name -> !name.equals(LibraryIndex.NAME))
          .sorted()
          .toList();
    }
  }

  @Test
  void write_twice_leavesTheFileAlone() throws Exception {
    assertThat(fill(film("1", "A")).written()).isEqualTo(1);
    Files.setLastModifiedTime(file("A"), LONG_AGO);

    assertThat(fill(film("1", "A")).unchanged()).isEqualTo(1);
    assertThat(Files.getLastModifiedTime(file("A"))).isEqualTo(LONG_AGO);
    assertThat(url(file("A"))).isEqualTo("http://h/movie/anna/opensesame/1.mkv");
  }

  @Test
  void write_afterANewKey_keepsLinksThatStillWork() throws Exception {
    fill(film("1", "A"));
    Files.setLastModifiedTime(file("A"), LONG_AGO);
    keys = new KeyFile(folder.resolve("secret.key")).rotate();

    assertThat(fill(film("1", "A")).unchanged()).isEqualTo(1);
    assertThat(Files.getLastModifiedTime(file("A"))).isEqualTo(LONG_AGO);
  }

  @Test
  void write_anotherUrlOrAddress_replacesTheLink() throws Exception {
    fill(film("1", "A"));
    assertThat(fill(film("1", "A", "http://h/movie/anna/new/1.mkv")).written()).isEqualTo(1);
    assertThat(url(file("A"))).isEqualTo("http://h/movie/anna/new/1.mkv");

    base = "https://films.example.org";
    assertThat(fill(film("1", "A", "http://h/movie/anna/new/1.mkv")).written()).isEqualTo(1);
    assertThat(url(file("A"))).isEqualTo("http://h/movie/anna/new/1.mkv");
  }

  @Test
  void write_linkThatExpires_isRenewedAfterHalfItsLife() throws Exception {
    lifetime = Optional.of(Duration.ofDays(10));
    fill(film("1", "A"));

    now = NOW.plus(Duration.ofDays(4));
    assertThat(fill(film("1", "A")).unchanged()).isEqualTo(1);
    now = NOW.plus(Duration.ofDays(6));
    assertThat(fill(film("1", "A")).written()).isEqualTo(1);
  }

  @Test
  void write_sameNames_keepTheirFilesInAnyOrder() throws Exception {
    fill(film("1", "A"), film("2", "A"), film("3", "a"));
    List<String> before = tree();
    assertThat(before).hasSize(3);
    assertThat(url(file("A"))).endsWith("/1.mkv");

    assertThat(fill(film("3", "a"), film("2", "A"), film("1", "A")).unchanged()).isEqualTo(3);
    assertThat(tree()).isEqualTo(before);
    assertThat(url(file("A"))).endsWith("/1.mkv");
  }

  @Test
  void write_entryTwiceInOneSource_isOneFile() throws Exception {
    LibrarySummary summary = fill(film("1", "A"), film("1", "A"));

    assertThat(summary.written()).isEqualTo(1);
    assertThat(tree()).containsExactly(pathOf("A"));
  }

  @Test
  void write_fileOfSomebodyElse_isLeftAlone() throws Exception {
    Files.createDirectories(library.resolve("Movies/A"));
    Files.writeString(file("A"), "http://other/film.mkv\n");

    assertThat(fill(film("1", "A")).written()).isEqualTo(1);
    assertThat(Files.readString(file("A"))).isEqualTo("http://other/film.mkv\n");
    assertThat(tree()).hasSize(2);
  }

  @Test
  void write_fileChangedByHand_isLeftAloneAndNamed() throws Exception {
    fill(film("1", "A"));
    Files.writeString(file("A"), "plugin://x\n");

    assertThat(fill(film("1", "A", "http://h/new.mkv")).failed()).isEqualTo(1);
    assertThat(Files.readString(file("A"))).isEqualTo("plugin://x\n");
    assertThat(complaints).singleElement().asString().contains("no longer holds a link");
  }

  @Test
  void write_fileEmptiedByAPowerCut_isWrittenAgain() throws Exception {
    fill(film("1", "A"));
    Files.write(file("A"), new byte[0]);

    assertThat(fill(film("1", "A")).written()).isEqualTo(1);
    assertThat(url(file("A"))).endsWith("/1.mkv");
  }

  @Test
  void write_badUrlOrFileInTheWay_isCountedAndTheRestWritten() throws Exception {
    Files.createDirectories(library.resolve("Movies"));
    Files.writeString(library.resolve("Movies/B"), "");

    LibrarySummary summary =
        fill(film("1", "A", "rtsp://h/opensesame"), film("2", "B"), film("3", "C"));

    assertThat(summary.failed()).isEqualTo(2);
    assertThat(summary.written()).isEqualTo(1);
    assertThat(complaints).hasSize(2).allSatisfy(said -> assertThat(said).doesNotContain("sesame"));
  }

  @Test
  void finish_prune_removesOnlyWhatIsListedAndGone() throws Exception {
    fill(film("1", "A"), film("2", "B"), film("3", "C"));
    Files.writeString(file("C").resolveSibling("C.nfo"), "<movie/>");
    rules = rules(Removal.AT_MOST_HALF, /* isDryRun= */ false);

    LibrarySummary summary = fill(film("1", "A"), film("2", "B"));

    assertThat(summary.removed()).isEqualTo(1);
    assertThat(tree()).containsExactly(pathOf("A"), pathOf("B"), "Movies/C/C.nfo");
    assertThat(fill(film("1", "A")).removed()).isEqualTo(1);
    assertThat(library.resolve("Movies/B")).doesNotExist();
  }

  @Test
  void finish_withoutPrune_orIncomplete_removesNothing() throws Exception {
    fill(film("1", "A"), film("2", "B"), film("3", "C"));

    assertThat(fill(film("1", "A"), film("2", "B")).stale()).isEqualTo(1);
    rules = rules(Removal.ALL, /* isDryRun= */ false);
    assertThat(fill(/* isComplete= */ false, film("1", "A")).removed()).isZero();
    assertThat(tree()).hasSize(3);
  }

  @Test
  void finish_moreThanHalfGone_needsAnotherOption() throws Exception {
    fill(film("1", "A"), film("2", "B"), film("3", "C"));
    rules = rules(Removal.AT_MOST_HALF, /* isDryRun= */ false);

    assertThat(fill(film("1", "A")).removed()).isZero();
    assertThat(tree()).hasSize(3);
    assertThat(complaints).singleElement().asString().contains("--prune-all");
    rules = rules(Removal.ALL, /* isDryRun= */ false);
    assertThat(fill(film("1", "A")).removed()).isEqualTo(2);
    assertThat(tree()).containsExactly(pathOf("A"));
  }

  /** The index is a file that anybody who may write there can edit. */
  @Test
  void finish_editedIndex_removesNothingOfOthers() throws Exception {
    fill(film("1", "A"));
    String link = Files.readString(file("A"));
    Path outside = Files.writeString(folder.resolve("outside.strm"), link);
    Path other = Files.createDirectories(folder.resolve("other"));
    Files.writeString(other.resolve("film.strm"), link);
    Files.createSymbolicLink(library.resolve("away"), other);
    Files.writeString(library.resolve("notes.txt"), "mine");
    Path index = library.resolve(LibraryIndex.NAME);
    StringBuilder lines = new StringBuilder(Files.readString(index));
    for (String path : List.of("../outside.strm", outside + "", "away/film.strm", "notes.txt")) {
      lines.append("1111111111111112 ").append(path).append('\n');
    }
    Files.writeString(index, lines);
    rules = rules(Removal.ALL, /* isDryRun= */ false);

    assertThat(fill(film("1", "A")).removed()).isZero();
    assertThat(outside).exists();
    assertThat(other.resolve("film.strm")).exists();
    assertThat(library.resolve("notes.txt")).exists();
  }

  @Test
  void open_tornIndex_goesOn() throws Exception {
    fill(film("1", "A"), film("2", "A"));
    Path index = library.resolve(LibraryIndex.NAME);
    String whole = Files.readString(index);
    Files.writeString(index, whole.substring(0, whole.length() - 9));
    List<String> before = tree();

    fill(film("1", "A"));
    assertThat(whole).startsWith(Files.readString(index));
    assertThat(Files.readString(index)).endsWith("/A.strm\n");
    fill(film("2", "A"), film("1", "A"));
    assertThat(tree()).isEqualTo(before);
    assertThat(Files.readString(index)).isEqualTo(whole);
  }

  @Test
  void open_otherSourceOrForeignMarker_isRefused() throws Exception {
    fill(film("1", "A"));
    rules = new LibraryRules("xtream h", MediaServer.PLEX, false, Removal.ALL, false);
    assertThatThrownBy(this::fill).isInstanceOf(LibraryException.class).hasMessageContaining("m3u");
    Files.writeString(library.resolve(LibraryIndex.NAME), "shopping list\n");
    assertThatThrownBy(this::fill)
        .isInstanceOf(LibraryException.class)
        .hasMessageContaining("was not made by streamcache");
    assertThat(file("A")).exists();
  }

  @Test
  void open_whileAnotherImportRuns_isRefused() throws Exception {
    LinkMaker links =
        new LinkMaker(new Links(keys), LinkForm.SEALED, base, lifetime, InstantSource.fixed(now));
    try (LibraryFolder first = LibraryFolder.open(library, rules, links, complaints::add)) {
      first.write(film("1", "A"));
      assertThatThrownBy(() -> fill(film("2", "B")))
          .isInstanceOf(LibraryException.class)
          .hasMessageContaining("Another import");
    }
    assertThat(fill(film("2", "B")).written()).isEqualTo(1);
  }

  @Test
  void fill_dryRun_countsAndChangesNothing() throws Exception {
    rules = rules(Removal.ALL, /* isDryRun= */ true);
    assertThat(fill(film("1", "A"), channel("News", Map.of())).written()).isEqualTo(1);
    assertThat(library).doesNotExist();

    rules = rules(Removal.NONE, /* isDryRun= */ false);
    fill(film("1", "A"), film("2", "B"));
    rules = rules(Removal.ALL, /* isDryRun= */ true);
    LibrarySummary summary = fill(film("1", "A"), film("3", "C"));
    assertThat(summary).isEqualTo(new LibrarySummary(1, 1, 0, 0, 1, 0));
    assertThat(tree()).containsExactly(pathOf("A"), pathOf("B"));
  }

  @Test
  void channels_areInAPlaylist_withoutSecrets() throws Exception {
    Map<String, String> attributes =
        Map.of("tvg-id", "a\"b", "catchup-source", "http://h/anna/opensesame/x", "user-agent", "U");
    fill(channel("News, at\nten", attributes));
    Path list = library.resolve(LiveList.NAME);
    List<String> lines = Files.readAllLines(list);

    assertThat(lines).hasSize(4);
    assertThat(lines.get(2))
        .isEqualTo("#EXTINF:-1 tvg-id=\"a'b\" group-title=\"News\",News, at ten");
    assertThat(new Links(keys).open(StrmLine.path(lines.get(3))).link().source().reveal())
        .isEqualTo("http://h/anna/opensesame/12");

    Files.setLastModifiedTime(list, LONG_AGO);
    fill(channel("News, at\nten", attributes));
    assertThat(Files.getLastModifiedTime(list)).isEqualTo(LONG_AGO);
  }

  @Test
  void channels_incompleteSource_keepTheOldPlaylist() throws Exception {
    fill(channel("One", Map.of()), channel("Three", Map.of()));
    String before = Files.readString(library.resolve(LiveList.NAME));

    fill(/* isComplete= */ false, channel("One", Map.of()));
    assertThat(Files.readString(library.resolve(LiveList.NAME))).isEqualTo(before);
    assertThat(tree()).containsExactly(LiveList.NAME);
  }

  @Test
  void channels_playlistOfSomebodyElse_isLeftAlone() throws Exception {
    Files.createDirectories(library);
    Files.writeString(library.resolve(LiveList.NAME), "#EXTM3U\n");

    assertThat(fill(channel("One", Map.of())).failed()).isEqualTo(1);
    assertThat(Files.readString(library.resolve(LiveList.NAME))).isEqualTo("#EXTM3U\n");
  }

  @Test
  void descriptions_onRequest_haveTheNumbers_andStayIfChanged() throws Exception {
    rules = new LibraryRules("m3u", MediaServer.KODI, true, Removal.ALL, false);
    WorkIds ids = WorkIds.of("603", "tt0133093");
    FilmEntry film =
        new FilmEntry(
            "1", "A & <B>", OptionalInt.of(1999), ids, "", new MediaTarget("http://h/1.mkv"));
    fill(film, film("2", "C"));
    Path description =
        library.resolve("Movies/A & B (1999) {tmdb-603}/A & B (1999) {tmdb-603}.nfo");

    assertThat(Files.readString(description))
        .contains("<title>A &amp; &lt;B&gt;</title>", "<year>1999</year>")
        .contains("<uniqueid type=\"tmdb\" default=\"true\">603</uniqueid>")
        .contains("<uniqueid type=\"imdb\">tt0133093</uniqueid>");
    assertThat(library.resolve("Movies/C/C.nfo")).doesNotExist();
    Files.writeString(description, "<movie>by the media server</movie>");
    fill(film);
    fill();
    assertThat(tree()).containsExactly(library.relativize(description).toString());
  }
}
