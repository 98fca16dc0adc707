package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.endtoend.Rig.MIB;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import streamcache.link.LinkForm;
import streamcache.testkit.Answer;
import streamcache.testkit.Content;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;
import streamcache.testkit.Script.Ranges;

/** Finished titles of the nginx version's cache are played from there, which it does not notice. */
final class OldTitleTest {

  private static final Content FILM = Content.of(17, 24 * MIB + 5);

  /** At this pace, the provider would take a minute and a half for the film. */
  private static final long SLOW = 256 * 1024;

  /** What the provider may send before it notices that nobody reads on. */
  private static final long IN_FLIGHT = 4 * MIB;

  private static final Script PROVIDER = Script.of(FILM).pace(SLOW);

  @TempDir Path folder;
  private OldFolder old;

  @BeforeEach
  void makeOldFolder() throws IOException {
    old = OldFolder.in(folder.resolve("old"));
  }

  @Test
  void play_titleOfTheOldCache_costsOneRequest() throws IOException {
    try (Rig rig = adopting().serve("/film.mkv", PROVIDER)) {
      Path file = old.add(rig.origin().url("/film.mkv"), FILM);
      List<String> before = old.state();
      rig.get("/film.mkv").check(FILM, 0, FILM.length());
      rig.origin().awaitIdle();
      assertThat(rig.origin().requests()).hasSize(1);
      assertThat(rig.origin().bodyBytes()).isLessThan(IN_FLIGHT);
      Answer again = rig.get("/film.mkv");
      again.check(FILM, 0, FILM.length());
      assertThat(again.header("X-Cache")).contains("HIT");
      assertThat(again.header("Content-Type")).contains("video/x-matroska");
      assertThat(rig.origin().requests()).hasSize(1);
      assertThat(old.state()).isEqualTo(before);
      assertThat(media(rig))
          .singleElement()
          .satisfies(ours -> {
            assertThat(Files.isSameFile(ours, file)).isTrue();
            assertThat(ours.getFileName().toString()).startsWith("film [").endsWith("].mkv");
          });
      assertThat(rig.usedBytes()).isBetween(FILM.length(), FILM.length() + 8192);
    }
  }

  @Test
  void seek_titleOfTheOldCache_costsOneRequest() throws IOException {
    try (Rig rig = adopting().serve("/film.mkv", PROVIDER)) {
      old.add(rig.origin().url("/film.mkv"), FILM);
      rig.get("/film.mkv", "Range: bytes=20000000-").check(FILM, 20_000_000, FILM.length());
      rig.get("/film.mkv", "Range: bytes=5-9").check(FILM, 5, 10);
      rig.origin().awaitIdle();
      assertThat(rig.origin().requests()).hasSize(1);
      assertThat(rig.origin().bodyBytes()).isLessThan(IN_FLIGHT);
    }
  }

  @ParameterizedTest
  @EnumSource(Ranges.class)
  void play_providerOfAnyKind_costsOneRequest(Ranges ranges) throws IOException {
    try (Rig rig = adopting().serve("/film.mkv", PROVIDER.ranges(ranges))) {
      old.add(rig.origin().url("/film.mkv"), FILM);
      assertThat(rig.head("/film.mkv").header("Content-Length"))
          .contains(Long.toString(FILM.length()));
      rig.get("/film.mkv").check(FILM, 0, FILM.length());
      rig.origin().awaitIdle();
      assertThat(rig.origin().requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(LinkForm.class)
  void play_trustedTitle_asksNobody(LinkForm form) throws Exception {
    try (Rig rig = trusting()) {
      old.add(rig.origin().url("/film.mkv"), FILM);
      String link = rig.link(form, "/film.mkv", Optional.empty());
      Answer first = RawClient.get(rig.address(), link, "Range: bytes=7000000-7999999");
      first.check(FILM, 7_000_000, 8_000_000);
      assertThat(first.header("X-Cache")).contains("HIT");
      assertThat(first.header("Content-Type")).contains("video/x-matroska");
      RawClient.get(rig.address(), link).check(FILM, 0, FILM.length());
      assertThat(rig.origin().requests()).isEmpty();
    }
  }

  @Test
  void play_urlWithBlanksAndLetters_isFoundAsItWasWritten() throws IOException {
    try (Rig rig = trusting()) {
      String url = rig.origin().url("/Die Brücke.mkv?id=1");
      old.add(url, FILM);
      RawClient.get(rig.address(), rig.linkTo(url)).check(FILM, 0, FILM.length());
      assertThat(rig.origin().requests()).isEmpty();
    }
  }

  @Test
  void restart_withoutTheOldFolder_playsOn() throws IOException {
    try (Rig rig = trusting()) {
      old.add(rig.origin().url("/film.mkv"), FILM);
      rig.get("/film.mkv").check(FILM, 0, FILM.length());
      rig.restart();
      delete(old.root());
      Answer again = rig.get("/film.mkv");
      again.check(FILM, 0, FILM.length());
      assertThat(again.header("X-Cache")).contains("HIT");
      assertThat(rig.origin().requests()).isEmpty();
    }
  }

  @Test
  void play_oldFileOfAnotherLength_isFetched() throws IOException {
    try (Rig rig = adopting().serve("/film.mkv", Script.of(FILM))) {
      old.add(rig.origin().url("/film.mkv"), FILM.bytes(0, (int) (20 * MIB)));
      isFetchedAndTheOldFolderUntouched(rig);
    }
  }

  @Test
  void play_oldFileWithOtherBytes_isFetched() throws IOException {
    try (Rig rig = adopting().serve("/film.mkv", Script.of(FILM))) {
      old.add(rig.origin().url("/film.mkv"), Content.of(18, FILM.length()));
      isFetchedAndTheOldFolderUntouched(rig);
    }
  }

  @Test
  void play_oldFileThatMayStillGrow_isFetched() throws IOException {
    try (Rig rig = trusting().serve("/film.mkv", Script.of(FILM))) {
      Path file = old.add(rig.origin().url("/film.mkv"), FILM.bytes(0, (int) (20 * MIB)));
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
      isFetchedAndTheOldFolderUntouched(rig);
    }
  }

  @Test
  void play_linkInTheOldFolder_isNotFollowed() throws IOException {
    try (Rig rig = trusting().serve("/film.mkv", Script.of(FILM))) {
      Path elsewhere = old.add("http://else.example/", Content.of(18, FILM.length()));
      Files.createSymbolicLink(old.place(rig.origin().url("/film.mkv")), elsewhere);
      isFetchedAndTheOldFolderUntouched(rig);
    }
  }

  @Test
  void play_unfinishedTitleOfTheOldCache_isFetched() throws IOException {
    try (Rig rig = trusting().serve("/film.mkv", Script.of(FILM))) {
      Path file = old.add(rig.origin().url("/film.mkv"), FILM);
      Files.move(file, old.root().resolve("tmp").resolve(file.getFileName() + ".part"));
      isFetchedAndTheOldFolderUntouched(rig);
    }
  }

  @Test
  void fill_overTheLimit_evictsWholeOldTitlesAndLeavesTheirFiles() throws IOException {
    try (Rig rig = Rig.adopting(old.root(), /* isTrusted= */ true, 60 * MIB)) {
      for (int i = 0; i < 4; i++) {
        old.add(rig.origin().url("/film" + i + ".mkv"), FILM);
      }
      List<String> before = old.state();
      for (int i = 0; i < 4; i++) {
        rig.get("/film" + i + ".mkv").check(FILM, 0, FILM.length());
        assertThat(rig.usedBytes()).isLessThanOrEqualTo(60 * MIB);
      }
      rig.get("/film0.mkv").check(FILM, 0, FILM.length());
      assertThat(rig.origin().requests()).isEmpty();
      assertThat(old.state()).isEqualTo(before);
    }
  }

  private void isFetchedAndTheOldFolderUntouched(Rig rig) throws IOException {
    List<String> before = old.state();
    rig.get("/film.mkv").check(FILM, 0, FILM.length());
    assertThat(rig.origin().requests()).hasSize(1);
    assertThat(rig.origin().bodyBytes()).isEqualTo(FILM.length());
    assertThat(old.state()).isEqualTo(before);
  }

  private Rig adopting() throws IOException {
    return Rig.adopting(old.root(), /* isTrusted= */ false, 1024 * MIB);
  }

  private Rig trusting() throws IOException {
    return Rig.adopting(old.root(), /* isTrusted= */ true, 1024 * MIB);
  }

  private static List<Path> media(Rig rig) throws IOException {
    try (Stream<Path> all = Files.walk(rig.cache().resolve("media"))) {
      return all.filter(file -> file.toString().endsWith(".mkv")).toList();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
