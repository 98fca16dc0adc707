package streamcache.bench.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.settings.SettingsException;

/** The simulator is worth believing: the real product does about the same with the same players. */
final class RealityIT {

  /** As often as much, or as little. */
  private static final double FACTOR = 2;

  /** Seconds; what a busy machine may add. */
  private static final double BUSY = 1;

  private static final long BUFFER = 8_000_000;

  private static final Trace FIRST =
      new Trace(
          /* arrives= */ 0,
          BUFFER,
          List.of(new Wish.Seek(5, 600_000_000), new Wish.Seek(20, 1_200_000_000)));

  private static final Trace SECOND =
      new Trace(
          /* arrives= */ 6,
          BUFFER,
          List.of(new Wish.Seek(4, 900_000_000), new Wish.Seek(15, 300_000_000)));

  @Test
  void twoTitlesOverOneConnection_sameStallAndBytesAsSimulated(@TempDir Path folder)
      throws IOException, SettingsException {
    Terms terms = Terms.of(/* connections= */ 1, /* line= */ 5, /* coolDown= */ 0);
    Scene scene = new Scene(List.of(FIRST, SECOND), /* titles= */ 2, false, /* seconds= */ 34);
    Outcome simulated = Rule.OURS.outcome(terms, scene);
    Reality.Seen real = Reality.of(terms, scene, folder);
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
}
