package streamcache.seerr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.link.KeyRing;
import streamcache.link.Links;
import streamcache.link.TitleKey;
import streamcache.testkit.FakeClock;

/** Which library files hold a title, and how little is read to find out. */
final class StrmIndexTest {

  private static final String URL = "http://provider.example/movie/user7/pass7/4711.mkv";
  private static final String OTHER = "http://provider.example/movie/user7/pass7/4712.mkv";
  private static final StrmWalk.Bounds USUAL = StrmWalk.Bounds.USUAL;

  private final FakeClock clock = new FakeClock();
  private final Links links = new Links(KeyRing.empty());
  @TempDir Path temporary;
  private Path folder;
  private StrmIndex index;

  @BeforeEach
  void open() throws IOException {
    folder = Files.createDirectory(temporary.resolve("library"));
    index = index(USUAL);
  }

  private StrmIndex index(StrmWalk.Bounds bounds) {
    return new StrmIndex(List.of(folder), new StrmReader(links), bounds, clock);
  }

  @Test
  void names_fileBelow_isItsPathWithinTheLibrary() throws Exception {
    write("Show (2011)/Season 01/e2.STRM", URL);
    write("x.strm", OTHER);
    write("x.nfo", URL);
    assertThat(index.names(key(URL))).containsExactly("Show (2011)/Season 01/e2.STRM");
    assertThat(index.names(key(OTHER))).containsExactly("x.strm");
    assertThat(index.names(key("http://h/none"))).isEmpty();
  }

  @Test
  void names_severalFiles_areAll() throws Exception {
    write("a.strm", "\uFEFF#KODIPROP:x=y\n\n  " + URL + "\r\n" + OTHER);
    write("b/b.strm", URL);
    assertThat(index.names(key(URL))).containsExactlyInAnyOrder("a.strm", "b/b.strm");
    assertThat(index.names(key(OTHER))).isEmpty();
  }

  @Test
  void names_linksThatMakeLoops_areNotFollowed() throws Exception {
    write("a/a.strm", URL);
    Files.createSymbolicLink(folder.resolve("a/loop"), folder);
    Files.createSymbolicLink(folder.resolve("b.strm"), folder.resolve("a/a.strm"));
    assertThat(index.names(key(URL))).containsExactly("a/a.strm");
  }

  @Test
  void names_fileTooLarge_isNotRead() throws Exception {
    write("a.strm", "#" + "x".repeat(200_000) + "\n" + URL);
    assertThat(index.names(key(URL))).isEmpty();
  }

  @Test
  void names_askedAgainSoon_walksNotAgain() throws Exception {
    write("a.strm", URL);
    assertThat(index.names(key(URL))).hasSize(1);
    write("b.strm", URL);
    clock.advance(StrmIndex.FRESH.minusSeconds(1));
    assertThat(index.names(key(URL))).containsExactly("a.strm");
    clock.advance(Duration.ofSeconds(1));
    assertThat(index.names(key(URL))).containsExactlyInAnyOrder("a.strm", "b.strm");
  }

  /** Earlier content does not count as current content. */
  @Test
  void names_fileWrittenAnewOrGone_isNotBelieved() throws Exception {
    write("a.strm", URL);
    write("b.strm", URL);
    assertThat(index.names(key(URL))).hasSize(2);
    write("a.strm", OTHER);
    Files.delete(folder.resolve("b.strm"));
    assertThat(index.names(key(URL))).isEmpty();
  }

  @Test
  void names_folderUnchanged_isNotReadAgain() throws Exception {
    write("old/a.strm", URL);
    write("new/a.strm", OTHER);
    index.names(key(URL));
    write("old/a.strm", OTHER);
    Files.writeString(folder.resolve("new/b.strm"), OTHER);
    age("old");
    index.names(key(URL));
    clock.advance(StrmIndex.FRESH);
    index.names(key(URL));
    write("old/a.strm", URL);
    age("old");
    clock.advance(StrmIndex.FRESH);
    assertThat(index.names(key(URL))).isEmpty();
    assertThat(index.names(key(OTHER))).containsExactlyInAnyOrder("new/a.strm", "new/b.strm");
  }

  @Test
  void names_moreFilesThanAreRead_isRefused() throws Exception {
    write("a.strm", URL);
    write("b.strm", OTHER);
    StrmIndex small = index(new StrmWalk.Bounds(1, Duration.ofMinutes(1)));
    assertThatThrownBy(() -> small.names(key(URL)))
        .isInstanceOf(SeerrException.class)
        .hasMessage("STRM_DIRS contains more than 1 .strm files");
  }

  @Test
  void names_timeIsOver_isForLater() throws Exception {
    write("a.strm", URL);
    StrmIndex hasty = index(new StrmWalk.Bounds(100, Duration.ofNanos(-1)));
    assertThatThrownBy(() -> hasty.names(key(URL)))
        .isInstanceOfSatisfying(
            SeerrException.class,
            e ->
                assertThat(e.snag())
                    .isEqualTo(
                        new SeerrError.Later(
                            "the folders in STRM_DIRS are not completely read yet",
                            StrmIndex.SOON)));
  }

  /** A missing network disk may hold files that would disagree. */
  @Test
  void names_folderMissing_isForLater() throws Exception {
    Files.delete(folder);
    assertThatThrownBy(() -> index.names(key(URL))).hasMessage("a folder in STRM_DIRS is missing");
    Files.createDirectory(folder);
    write("a.strm", URL);
    clock.advance(StrmIndex.SOON);
    assertThat(index.names(key(URL))).containsExactly("a.strm");
  }

  @Test
  void names_closed_endsTheWalk() throws Exception {
    write("a.strm", URL);
    index.close();
    assertThatThrownBy(() -> index.names(key(URL))).isInstanceOf(SeerrException.class);
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** Old enough that a change within the same tick of the disk clock is detected. */
  private void age(String name) throws IOException {
    Files.setLastModifiedTime(
        folder.resolve(name), FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
  }

  private TitleKey key(String url) {
    return links.titleOf(url).orElseThrow();
  }
}
