package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.testkit.Answer;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.Script;

/** Ranges of a file whose length no response states, while it arrives. */
final class UnknownLengthTest {

  private static final int MIB = 1 << 20;
  private static final String PATH = "/film.mp4";
  private static final Content FILM = Content.of(/* seed= */ 21, 24 * MIB + 11);

  /**
   * As a player reads an index at the end. A response with what had arrived by then, which ended
   * cleanly, looked to ffprobe like the end of the file.
   */
  @ParameterizedTest
  @ValueSource(ints = {70_000, 1_000_000, 8_000_000})
  void restOfTheFile_whileItArrives_reachesThePromisedEnd(int bytes) throws IOException {
    Script script = Script.of(FILM).totalUnknown().pace(8 * MIB);
    try (Rig rig = Rig.start().serve(PATH, script);
        CheckedStream player = rig.stream(PATH, FILM).awaitBytes(MIB)) {
      long from = FILM.length() - bytes;

      Answer rest = rig.get(PATH, "Range: bytes=" + from + "-");

      assertThat(rest.status()).isEqualTo(206);
      assertThat(rest.header("Content-Range").orElse(""))
          .startsWith("bytes %d-%d/".formatted(from, FILM.length() - 1));
      rest.check(FILM, from, FILM.length());
      assertThat(rest.endedCleanly()).isTrue();
      assertThat(player.bytes()).isLessThan(FILM.length());
      assertThat(rig.origin().requests(PATH)).hasSizeLessThanOrEqualTo(3);
    }
  }

  /** A range that the player itself ends is not cut where the download happens to be. */
  @Test
  void partThatIsStillToArrive_isServedWhole() throws IOException {
    Script script = Script.of(FILM).totalUnknown().pace(8 * MIB);
    try (Rig rig = Rig.start().serve(PATH, script);
        CheckedStream player = rig.stream(PATH, FILM).awaitBytes(MIB)) {
      Answer part = rig.get(PATH, "Range: bytes=1000-" + (6 * MIB - 1));

      part.check(FILM, 1000, 6 * MIB);
      assertThat(part.endedCleanly()).isTrue();
      assertThat(player.bytes()).isLessThan(FILM.length());
      assertThat(rig.origin().requests(PATH)).hasSizeLessThanOrEqualTo(3);
    }
  }

  /** ffmpeg, offered ranges, takes the total of "a-b/*" for 0 and the file for empty. */
  @Test
  void whole_offersRangesOnceTheLengthIsKnown() throws IOException {
    try (Rig rig = Rig.start().serve(PATH, Script.of(FILM).totalUnknown())) {
      Answer first = rig.get(PATH);
      first.check(FILM, 0, FILM.length());
      assertThat(first.header("Accept-Ranges")).isEmpty();
      assertThat(first.endedCleanly()).isTrue();
      assertThat(rig.get(PATH).header("Accept-Ranges")).contains("bytes");
      assertThat(rig.origin().requests(PATH)).hasSizeLessThanOrEqualTo(3);
    }
  }
}
