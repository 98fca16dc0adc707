package streamcache.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.durable.Disk;
import streamcache.event.Event;
import streamcache.library.LibraryEvent.FileFaulty;
import streamcache.library.LibraryEvent.LeftToOthers;
import streamcache.library.LibraryEvent.Wrapped;
import streamcache.testkit.Waiting;

/** Real files in real folders, as another program writes them. */
final class StrmWatchTest {

  private static final String LINK = "http://cache:8080/e/";

  private final Waiting waiting = new Waiting();
  private final List<Event> events = new ArrayList<>();
  @TempDir private Path temp;
  private Path library = Path.of("");
  private StrmRule rule = (_, _) -> new StrmDecision.Left(LeftAlone.EMPTY);
  private StrmWatch watch;
  private boolean isDeciding;

  @BeforeEach
  void prepare() throws Exception {
    library = Files.createDirectory(temp.resolve("library"));
    LinkChoice choice = new LinkChoice("http://cache:8080", Optional.empty(), Optional.empty());
    rule =
        new WrapRule(
            LibraryKeys.in(temp),
            choice,
            StrmFilter.ALL,
            /* includesLive= */ false,
            InstantSource.system());
  }

  @AfterEach
  void close() {
    if (watch != null) {
      watch.close();
    }
  }

  @Test
  void start_filesFromBefore_getLinks() throws IOException {
    Path film = write("Films/a/film.strm");
    Path other = write("film.txt");
    watch();
    awaitWrapped(1);
    assertThat(Files.readString(film)).startsWith(LINK);
    assertThat(Files.readString(other)).isEqualTo("http://h/film.mkv");
  }

  @Test
  void newFileInANewFolder_getsALink() throws IOException {
    write("first.strm");
    watch();
    awaitWrapped(1);
    Path film = write("New/Season 01/film.strm");
    awaitWrapped(2);
    assertThat(Files.readString(film)).startsWith(LINK);
  }

  @Test
  void fileMovedHere_getsALink() throws IOException {
    write("first.strm");
    watch();
    awaitWrapped(1);
    Path outside = Files.writeString(temp.resolve("film.strm"), "http://h/film.mkv");
    Path film = Files.move(outside, library.resolve("film.strm"), StandardCopyOption.ATOMIC_MOVE);
    awaitWrapped(2);
    assertThat(Files.readString(film)).startsWith(LINK);
  }

  /** Another program restores its own content each time: after three rounds it has won. */
  @Test
  void fileRewrittenAgainAndAgain_isLeftAloneAndReported() throws IOException {
    Path film = write("film.strm");
    watch();
    for (int time = 1; time <= RewriteGuard.MOST; time++) {
      awaitWrapped(time);
      Files.writeString(film, "http://h/film.mkv?" + time);
    }
    await(event -> event.equals(new LeftToOthers("film.strm")), 1);
    assertThat(Files.readString(film)).isEqualTo("http://h/film.mkv?" + RewriteGuard.MOST);
    Path other = write("other.strm");
    awaitWrapped(RewriteGuard.MOST + 1);
    assertThat(Files.readString(other)).startsWith(LINK);
  }

  /** An interrupt would leave what is written beside the files, and end the thread as a bug. */
  @Test
  void close_whileFilesAreWritten_leavesWholeFilesOnly() throws IOException {
    for (int number = 0; number < 300; number++) {
      write("film " + number + ".strm");
    }
    StrmRule closing =
        (target, title) -> {
          waiting.change(() -> isDeciding = true);
          return rule.decide(target, title);
        };
    watch(closing, Duration.ofMinutes(10));
    waiting.await(() -> isDeciding, events::toString);
    watch.close();
    try (Stream<Path> files = Files.list(library)) {
      assertThat(files)
          .hasSize(300)
          .allSatisfy(file -> assertThat(file.toString()).endsWith(".strm"));
    }
  }

  @Test
  void folderThatIsMissing_isReported() {
    library = temp.resolve("missing");
    watch();
    await(event -> event instanceof FileFaulty, 1);
    waiting.change(() ->
        assertThat(events.toString())
            .contains("missing", "create it")
            .doesNotContain(temp.toString()));
  }

  /** A network disk that is mounted later; nothing reports its files. */
  @Test
  void fileThatNothingReports_isFoundByTheNextWalk() throws IOException {
    Path mounted = library;
    library = temp.resolve("mounted later");
    watch(Duration.ofMillis(200));
    await(event -> event instanceof FileFaulty, 1);
    Files.writeString(mounted.resolve("film.strm"), "http://h/film.mkv");
    Files.move(mounted, library);
    awaitWrapped(1);
    assertThat(Files.readString(library.resolve("film.strm"))).startsWith(LINK);
  }

  @Test
  void faultyFile_isReportedOnce() throws IOException {
    Path film = Files.writeString(library.resolve("film.strm"), "http://h:99999/");
    watch();
    await(event -> event instanceof FileFaulty, 1);
    Files.writeString(film, "http://h:88888/");
    write("other.strm");
    awaitWrapped(1);
    await(event -> event instanceof FileFaulty, 1);
  }

  private void watch() {
    watch(Duration.ofMinutes(10));
  }

  private void watch(Duration betweenWalks) {
    watch(rule, betweenWalks);
  }

  private void watch(StrmRule applied, Duration betweenWalks) {
    watch =
        StrmWatch.start(
            List.of(library),
            applied,
            Disk.system(),
            event -> waiting.change(() -> events.add(event)),
            Instant::now,
            betweenWalks);
  }

  private Path write(String name) throws IOException {
    Path file = library.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "http://h/film.mkv");
  }

  private void awaitWrapped(int files) {
    await(event -> event instanceof Wrapped, files);
  }

  private void await(Predicate<Event> kind, int count) {
    waiting.await(() -> events.stream().filter(kind).count() == count, events::toString);
  }
}
