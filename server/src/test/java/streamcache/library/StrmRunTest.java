package streamcache.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.durable.Disk;
import streamcache.durable.FaultyDisk;
import streamcache.library.StrmDecision.Change;
import streamcache.library.StrmDecision.Changed;
import streamcache.library.StrmDecision.Faulty;
import streamcache.library.StrmDecision.Kept;
import streamcache.library.StrmDecision.Left;
import streamcache.link.Links;

final class StrmRunTest {

  private static final int FILES = 300;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  @TempDir private Path temp;
  private Path library = Path.of("");
  private Links links;

  @BeforeEach
  void prepare() throws Exception {
    System.out.println("StrmRunTest seed " + seed);
    library = Files.createDirectory(temp.resolve("library"));
    links = LibraryKeys.in(temp);
  }

  /** The promise of the whole tool, over every dialect and every attribute. */
  @Test
  void tree_wrappedTwiceAndUnwrapped_isAsBefore() throws IOException {
    new GeneratedLibrary(library, random).write(FILES);
    Map<String, String> before = GeneratedLibrary.state(library);

    assertThat(changes(run(wrap(), /* writes= */ false))).isGreaterThan(FILES / 10);
    assertAsBefore(before);

    List<StrmResult> wrapped = run(wrap(), /* writes= */ true);
    assertThat(faults(wrapped)).as("seed " + seed).isEmpty();
    Map<String, String> after = GeneratedLibrary.state(library);
    assertThat(after.keySet()).isEqualTo(before.keySet());
    for (StrmResult result : wrapped) {
      String name = library.relativize(result.file()).toString();
      boolean isWritten = result.decision() instanceof Changed;
      assertThat(after.get(name).equals(before.get(name))).as(name).isEqualTo(!isWritten);
      assertThat(isWritten && after.get(name).contains(hex("/movie/user/pass"))).as(name).isFalse();
    }
    for (String name : before.keySet()) {
      assertThat(attributes(after, name))
          .as(name + ", seed " + seed)
          .isEqualTo(attributes(before, name));
    }

    assertThat(changes(run(wrap(), /* writes= */ true))).as("seed " + seed).isZero();
    assertAsBefore(after);

    assertThat(changes(run(unwrap(), /* writes= */ true))).isEqualTo(changes(wrapped));
    assertAsBefore(before);
  }

  private static String attributes(Map<String, String> state, String name) {
    return state.get(name).replaceFirst("content=\\w*", "");
  }

  private void assertAsBefore(Map<String, String> before) throws IOException {
    assertThat(GeneratedLibrary.state(library)).as("seed " + seed).isEqualTo(before);
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Nothing but the files in question is touched, whatever the disk refuses. */
  @Test
  void tree_diskFull_leavesEveryFileAsItWasOrWrapped() throws IOException {
    new GeneratedLibrary(library, random).write(FILES);
    Map<String, String> before = GeneratedLibrary.state(library);
    FaultyDisk disk = new FaultyDisk(Disk.system());
    disk.refuse("No space left on device", file -> (file.hashCode() ^ seed) % 3 == 0);

    List<StrmResult> results = run(wrap(), disk, /* writes= */ true);

    assertThat(faults(results))
        .isNotEmpty()
        .allSatisfy(sentence -> assertThat(sentence).contains("No space left", "as it was"));
    assertThat(drafts()).isEmpty();
    run(unwrap(), /* writes= */ true);
    assertAsBefore(before);
  }

  @Test
  void tree_syncFails_changesNothing() throws IOException {
    new GeneratedLibrary(library, random).write(FILES);
    Map<String, String> before = GeneratedLibrary.state(library);
    FaultyDisk disk = new FaultyDisk(Disk.system());
    disk.failSyncs(true);

    assertThatThrownBy(() -> run(wrap(), disk, /* writes= */ true)).isInstanceOf(IOException.class);

    assertThat(drafts()).isEmpty();
    assertAsBefore(before);
  }

  /** What the other program wrote is what it wants; the next run sees it. */
  @Test
  void files_changedByAnotherProgramMeanwhile_isLeftAlone() throws IOException {
    Path file = film("film.strm", "http://h/a.mkv");
    StrmRule rule =
        (target, title) -> {
          write(file, "http://h/other.mkv");
          return wrap().decide(target, title);
        };
    assertThat(run(rule, /* writes= */ true))
        .containsExactly(new StrmResult(file, new Left(LeftAlone.CHANGING)));
    assertThat(Files.readString(file)).isEqualTo("http://h/other.mkv");
    assertThat(drafts()).isEmpty();
  }

  @Test
  void tree_symbolicLinks_areNotFollowed() throws IOException {
    Path outside = Files.createDirectory(temp.resolve("outside"));
    Files.writeString(outside.resolve("a.strm"), "http://h/a.mkv");
    Files.createSymbolicLink(library.resolve("folder"), outside);
    Files.createSymbolicLink(library.resolve("b.strm"), outside.resolve("a.strm"));
    Files.createSymbolicLink(library.resolve("loop"), library);

    assertThat(run(wrap(), /* writes= */ true))
        .containsExactly(
            new StrmResult(library.resolve("b.strm"), new Left(LeftAlone.SYMBOLIC_LINK)));
    assertThat(outside.resolve("a.strm")).hasContent("http://h/a.mkv");
  }

  @Test
  void tree_leftByAKilledRun_isRemoved() throws IOException {
    film("film.strm", "http://h/a.mkv");
    Path draft = film(".streamcache-01234567-89ab-cdef-0123-456789abcdef.tmp", "http://h/a.mkv");
    run(wrap(), /* writes= */ false);
    assertThat(draft).exists();
    run(wrap(), /* writes= */ true);
    assertThat(draft).doesNotExist();
  }

  @Test
  void tree_fileThatIsNoText_isLeftAlone() throws IOException {
    Path large = film("large.strm", "http://h/" + "a".repeat(200_000));
    Path empty = film("empty.strm", "");
    assertThat(run(wrap(), /* writes= */ true))
        .containsExactlyInAnyOrder(
            new StrmResult(large, new Left(LeftAlone.TOO_LARGE)),
            new StrmResult(empty, new Left(LeftAlone.EMPTY)));
  }

  @Test
  void check_brokenLinks_areFaulty() throws IOException {
    film("a.strm", "http://h/a.mkv");
    run(wrap(), /* writes= */ true);
    assertThat(run(check("http://cache:8080"), /* writes= */ true))
        .allSatisfy(result -> assertThat(result.decision()).isInstanceOf(Kept.class));
    assertThat(faults(run(check("http://moved:8080"), /* writes= */ true)))
        .singleElement()
        .asString()
        .contains("http://moved:8080");
  }

  private StrmRule wrap() {
    LinkChoice choice = new LinkChoice("http://cache:8080", Optional.empty(), Optional.empty());
    return new WrapRule(
        links, choice, StrmFilter.ALL, /* includesLive= */ false, InstantSource.system());
  }

  private StrmRule unwrap() {
    return new UnwrapRule(links, StrmFilter.ALL);
  }

  /** The address was given to the run that wrote the links, and to nothing else. */
  @Test
  void check_ownerHasNamedNoAddress_linkIsOursByItsKey_andItsAddressIsSaid() throws IOException {
    film("a.strm", "http://h/a.mkv");
    run(wrap(), /* writes= */ true);
    film("b.strm", "https://user:pass@films.example/below" + pathOf("a.strm"));
    film("c.strm", pathOf("a.strm"));
    List<StrmDecision> decisions =
        run(new CheckRule(links, Optional.empty(), StrmFilter.ALL, InstantSource.system()), true)
            .stream()
            .map(StrmResult::decision)
            .toList();
    StrmFilm film = new StrmFilm("h", "a.mkv");
    assertThat(decisions)
        .containsExactlyInAnyOrder(
            new Kept(film, "http://cache:8080"),
            new Kept(film, "https://****@films.example/below"),
            new Faulty("The link has no address; 'streamcache strm wrap' adds it."));
  }

  private String pathOf(String name) throws IOException {
    return Files.readString(library.resolve(name)).strip().replaceFirst("^http://[^/]+", "");
  }

  private StrmRule check(String base) {
    return new CheckRule(links, Optional.of(base), StrmFilter.ALL, InstantSource.system());
  }

  private List<StrmResult> run(StrmRule rule, boolean writes) throws IOException {
    return run(rule, Disk.system(), writes);
  }

  private List<StrmResult> run(StrmRule rule, Disk disk, boolean writes) throws IOException {
    List<StrmResult> results = new ArrayList<>();
    try (StrmRun run = new StrmRun(rule, disk, writes, results::add, /* threads= */ 4)) {
      run.tree(library, () -> false);
    }
    return results;
  }

  private static long changes(List<StrmResult> results) {
    return results.stream()
        .filter(result -> result.decision() instanceof Changed(Change _, _, _))
        .count();
  }

  private static List<String> faults(List<StrmResult> results) {
    return results.stream()
        .filter(result -> result.decision() instanceof Faulty)
        .map(result -> ((Faulty) result.decision()).sentence())
        .toList();
  }

  private List<Path> drafts() throws IOException {
    try (Stream<Path> files = Files.walk(library)) {
      return files.filter(file -> file.toString().endsWith(".tmp")).toList();
    }
  }

  private Path film(String name, String content) throws IOException {
    return Files.writeString(library.resolve(name), content, StandardOpenOption.CREATE_NEW);
  }

  private static void write(Path file, String content) {
    try {
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
