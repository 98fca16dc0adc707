package streamcache.bench.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.settings.SettingsException;
import streamcache.testkit.Cut;
import streamcache.testkit.Script;

/**
 * The simulator agrees with reality: the real product gives about the same result with the same
 * players.
 */
final class RealityIT {

  /** Real and simulated values may differ by this factor, up or down. */
  private static final double FACTOR = 2;

  /** Seconds that a busy machine may add. */
  private static final double BUSY = 1;

  private static final long SHORT_ANSWER = 8 << 20;

  /** Requests for beginnings and seeks, and the responses that these cut short. */
  private static final int MORE_OPENS = 20;

  private static final long BUFFER = 8_000_000;

  private static final SceneTrace FIRST =
      new SceneTrace(
          /* arrives= */ 0,
          BUFFER,
          List.of(new PlayerWish.Seek(5, 600_000_000), new PlayerWish.Seek(20, 1_200_000_000)));

  private static final SceneTrace SECOND =
      new SceneTrace(
          /* arrives= */ 6,
          BUFFER,
          List.of(new PlayerWish.Seek(4, 900_000_000), new PlayerWish.Seek(15, 300_000_000)));

  @Test
  void twoTitlesOverOneConnection_sameStallAndBytesAsSimulated(@TempDir Path folder)
      throws IOException, SettingsException {
    Terms terms = Terms.of(/* connections= */ 1, /* line= */ 5, /* coolDown= */ 0);
    Scene scene = new Scene(List.of(FIRST, SECOND), /* titles= */ 2, false, /* seconds= */ 34);
    Outcome simulated = Rule.OURS.outcome(terms, scene);
    Reality.Seen real = Reality.of(terms, scene, UnaryOperator.identity(), folder);
    String both = "simulated " + simulated + ", real " + real;
    assertThat(real.stall())
        .as(both)
        .isBetween(simulated.stall() / FACTOR, simulated.stall() * FACTOR + BUSY);
    assertThat(real.startUp())
        .as(both)
        .isBetween(simulated.startUp() / FACTOR, simulated.startUp() * FACTOR + BUSY);
    assertThat((double) real.fetched())
        .as(both)
        .isBetween(simulated.fetched() / FACTOR, simulated.fetched() * FACTOR);
    assertThat(real.peak()).as(both).isEqualTo(1);
    assertThat(real.refusals()).as(both).isZero();
  }

  /** Responses of 8 MiB that are capped or cut, with only their bytes to verify where they join. */
  @Test
  void shortAnswersWithoutValidator_sameStallAsSimulatedAndFewRequests(@TempDir Path folder)
      throws IOException, SettingsException {
    Terms terms = Terms.of(/* connections= */ 2, /* line= */ 5, /* coolDown= */ 0);
    Scene scene = new Scene(List.of(FIRST, SECOND), /* titles= */ 2, false, /* seconds= */ 34);
    Outcome simulated = Rule.OURS.outcome(terms, scene);
    List<UnaryOperator<Script>> providers =
        List.of(
            script -> script.etag(null).lastModified(null).cap(SHORT_ANSWER),
            script -> script.etag(null).lastModified(null).cutAfter(SHORT_ANSWER, Cut.FIN));
    for (UnaryOperator<Script> provider : providers) {
      Path cache = Files.createTempDirectory(folder, "cache");
      Reality.Seen real = Reality.of(terms, scene, provider, cache);
      String both = "simulated " + simulated + ", real " + real;
      assertThat(real.stall()).as(both).isLessThan(simulated.stall() * FACTOR + BUSY);
      assertThat(real.opens())
          .as(both)
          .isLessThanOrEqualTo((int) (real.fetched() / SHORT_ANSWER) + MORE_OPENS);
    }
  }
}
