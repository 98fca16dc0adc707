package streamcache.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import streamcache.testkit.player.Films;
import streamcache.testkit.player.Films.Container;
import streamcache.testkit.player.Tool;
import streamcache.testkit.process.Run;

/** The playing time in the heads of real films: two minutes, give or take a frame. */
final class PlayingTimeIT {

  private static final Duration PLAYED = Duration.ofMinutes(2);
  private static final Duration FRAME = Duration.ofMillis(50);

  @TempDir Path folder;

  private static Optional<Duration> time(Path film) throws IOException {
    return PlayingTime.of(head(film, 0));
  }

  private static ByteBuffer head(Path film, long from) throws IOException {
    try (InputStream bytes = Files.newInputStream(film)) {
      bytes.skipNBytes(from);
      return ByteBuffer.wrap(bytes.readNBytes(PlayingTime.HEAD_BYTES));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MKV", "MP4_FAST_START"})
  void of_filmThatSaysItInFront_isKnown(Container container) throws IOException {
    Duration time = time(Films.ofBuild().film(container)).orElseThrow();
    assertThat(time).isCloseTo(PLAYED, FRAME);
  }

  @Test
  void of_transportStream_isUnknown() throws IOException {
    assertThat(time(Films.ofBuild().film(Container.TS))).isEmpty();
  }

  @Test
  void elsewhere_indexBehindThePictures_isWhereItStands() throws IOException {
    Path film = Films.ofBuild().film(Container.MP4_INDEX_AT_END);
    assertThat(time(film)).isEmpty();
    long index = PlayingTime.elsewhere(head(film, 0)).orElseThrow();
    assertThat(PlayingTime.of(head(film, index)).orElseThrow()).isCloseTo(PLAYED, FRAME);
  }

  @ParameterizedTest
  @CsvSource({"avi, avi, ''", "mka, matroska, ''", "mov, mov, +faststart", "webm, webm, ''"})
  void of_otherContainers_isKnown(String extension, String format, String flags)
      throws IOException {
    Path film = folder.resolve("film." + extension);
    remux(film, format, flags);
    assertThat(time(film).orElseThrow()).isCloseTo(PLAYED, FRAME);
  }

  /** Such a file is written in a single run, so its head cannot state its length. */
  @Test
  void of_fragmentedMp4_isUnknown() throws IOException {
    Path film = folder.resolve("film.mp4");
    remux(film, "mp4", "+frag_keyframe+empty_moov");
    assertThat(time(film)).isEmpty();
  }

  private static void remux(Path film, String format, String flags) {
    Path master = Films.ofBuild().film(Container.MKV);
    List<String> command = new ArrayList<>(List.of(Tool.FFMPEG.program(), "-v", "error"));
    command.addAll(List.of("-nostdin", "-i", master.toString(), "-c", "copy", "-f", format));
    if (format.equals("avi")) {
      command.addAll(List.of("-bsf:v", "h264_mp4toannexb"));
    }
    if (format.equals("webm")) {
      // WebM supports neither codec of the film; the audio alone is quickly re-encoded.
      command.addAll(List.of("-vn", "-c:a", "libopus"));
    }
    if (!flags.isEmpty()) {
      command.addAll(List.of("-movflags", flags));
    }
    command.add(film.toString());
    Run run = Run.of(Duration.ofMinutes(1), command);
    assertThat(run.exitCode()).as(run.toString()).isZero();
  }
}
