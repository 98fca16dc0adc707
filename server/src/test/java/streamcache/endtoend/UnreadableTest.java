package streamcache.endtoend;

import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import streamcache.testkit.Answer;
import streamcache.testkit.Content;
import streamcache.testkit.Script;

/** Found by hand: a film with an unreadable file ended as if the player had left, permanently. */
final class UnreadableTest {

  private static final long MIB = 1 << 20;
  private static final Content FILM = Content.of(3, 12 * MIB + 7);
  private static final long LEFT = 5 * MIB + 11;

  @Test
  void play_fileCutOff_isCutAndTheNextFetchesTheRest() throws IOException {
    try (Rig rig = full()) {
      Answer cut = rig.get("/film.mkv");
      assertThat(cut.endedCleanly()).isFalse();
      assertThat(cut.body()).isNotEmpty();
      FILM.check(0, cut.body());
      comesBack(rig);
    }
  }

  @Test
  void part_fileCutOff_isCutAndTheNextFetchesTheRest() throws IOException {
    try (Rig rig = full()) {
      assertThat(rig.get("/film.mkv", part(100_000)).endedCleanly()).isFalse();
      comesBack(rig);
    }
  }

  /** A part this small is copied behind the response header, which has not been sent by then. */
  @Test
  void smallPart_fileCutOff_isFetched() throws IOException {
    try (Rig rig = full()) {
      rig.get("/film.mkv", part(1_000)).check(FILM, LEFT, LEFT + 1_000);
      comesBack(rig);
    }
  }

  private static String part(long length) {
    return "Range: bytes=%d-%d".formatted(LEFT, LEFT + length - 1);
  }

  private static Rig full() throws IOException {
    Rig rig = Rig.start().serve("/film.mkv", Script.of(FILM));
    rig.get("/film.mkv").check(FILM, 0, FILM.length());
    try (Stream<Path> files = Files.walk(rig.cache())) {
      Path film = files.filter(file -> file.toString().contains("].mkv")).findFirst().orElseThrow();
      try (FileChannel channel = FileChannel.open(film, WRITE)) {
        channel.truncate(LEFT);
      }
    }
    return rig;
  }

  /** A request that comes before the store has learned of the unreadable file is cut once more. */
  private static void comesBack(Rig rig) throws IOException {
    Answer answer = rig.get("/film.mkv");
    for (int again = 0; again < 5 && !answer.endedCleanly(); again++) {
      answer = rig.get("/film.mkv");
    }
    answer.check(FILM, 0, FILM.length());
    assertThat(rig.origin().requests("/film.mkv")).hasSize(2);
    assertThat(rig.origin().bodyBytes("/film.mkv")).isEqualTo(2 * FILM.length() - LEFT);
  }
}
