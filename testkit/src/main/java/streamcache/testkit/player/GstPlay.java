package streamcache.testkit.player;

import java.io.IOException;
import java.io.Reader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** GStreamer's player without a screen: it decodes in real time and reports its position. */
public final class GstPlay {

  private static final long LIMIT_SECONDS = 60;

  /** How far it must play after a seek for the seek to count as successful. */
  private static final Duration ENOUGH = Duration.ofSeconds(2);

  private static final Pattern POSITION =
      Pattern.compile("[\r\n]([0-9]+):([0-9]{2}):([0-9]{2})\\.");

  private GstPlay() {}

  /**
   * Opens a film and plays from a position; returns when it has played for a moment.
   *
   * @throws AssertionError with its output otherwise
   */
  public static void playOn(String url, Duration from) throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Tool.GSTREAMER.program(),
                    "--no-interactive",
                    "-s",
                    Long.toString(from.toSeconds()),
                    "--videosink=fakevideosink",
                    "--audiosink=fakeaudiosink",
                    url))
            .redirectErrorStream(true)
            .start();
    var _ =
        CompletableFuture.runAsync(
            process::destroyForcibly,
            CompletableFuture.delayedExecutor(LIMIT_SECONDS, TimeUnit.SECONDS));
    StringBuilder said = new StringBuilder();
    try (Reader output = process.inputReader()) {
      for (int next = output.read(); next >= 0; next = output.read()) {
        said.append((char) next);
        if (next == '.' && isBeyond(said, from.plus(ENOUGH))) {
          return;
        }
      }
    } finally {
      process.destroyForcibly();
    }
    throw new AssertionError("GStreamer does not play at " + from + " but says: " + said);
  }

  /** It writes {@code position / duration} repeatedly over the same line. */
  private static boolean isBeyond(CharSequence said, Duration wanted) {
    int length = said.length();
    Matcher position = POSITION.matcher(said.subSequence(Math.max(0, length - 12), length));
    return position.find()
        && Duration.ofHours(Long.parseLong(position.group(1)))
                .plusMinutes(Long.parseLong(position.group(2)))
                .plusSeconds(Long.parseLong(position.group(3)))
                .compareTo(wanted)
            >= 0;
  }
}
