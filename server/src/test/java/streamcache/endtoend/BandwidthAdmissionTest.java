package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import streamcache.settings.AdmissionPolicy;
import streamcache.settings.FillSettings;
import streamcache.settings.ProviderBlocks;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;

/**
 * Two films over one connection with bandwidth for one of them. Neither header states a duration,
 * so each film is assumed to need the minimum, 128 KiB per second.
 */
final class BandwidthAdmissionTest {

  private static final int KIB = 1024;
  private static final Content ONE = Content.of(/* seed= */ 1, 2048 * KIB + 7);
  private static final Content TWO = Content.of(/* seed= */ 2, 500 * KIB);
  private static final String FIRST = "/one.mkv";
  private static final String SECOND = "/two.mkv";
  private static final long STORED = 100 * KIB;

  /** The beginning of the second film is already stored, from an earlier run. */
  private static Rig rig(AdmissionPolicy admission) throws IOException {
    FillSettings settings =
        new FillSettings(
            Rig.TEE_THRESHOLD,
            Duration.ofSeconds(60),
            /* answerWithin= */ Duration.ofSeconds(5),
            /* firstByteWithin= */ Duration.ofSeconds(30),
            /* placeWaitMax= */ Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            OptionalInt.of(1),
            /* verifyTls= */ true,
            Rig.egress(),
            /* completeAfter= */ 0,
            /* completeScans= */ false,
            admission,
            Duration.ofHours(12),
            ProviderBlocks.NONE);
    Rig rig =
        Rig.start(settings)
            .serve(FIRST, Script.of(ONE).pace(160 * KIB))
            .serve(SECOND, Script.of(TWO).pace(160 * KIB));
    try (CheckedStream player = rig.stream(SECOND, TWO)) {
      player.awaitBytes(STORED);
    }
    rig.restart();
    return rig;
  }

  /** Waits until the server has noticed that the other player disconnected. */
  private static void awaitOnlyOnePlayback(Rig rig) throws IOException {
    Instant end = Instant.now().plusSeconds(5);
    while (!RawClient.get(rig.address(), "/metrics").text().contains("streamcache_playbacks 1.0")) {
      assertThat(Instant.now()).as("the product has not noticed").isBefore(end);
    }
  }

  @Test
  void lineCarriesOneFilm_theSecondIsToldSo_andBeginsWhenTheFirstHasLeft() throws Exception {
    try (Rig rig = rig(AdmissionPolicy.FIRST)) {
      int asked = rig.origin().requests(SECOND).size();
      CheckedStream first = rig.stream(FIRST, ONE).awaitBytes(150 * KIB);
      try (CheckedStream second = rig.stream(SECOND, TWO)) {
        rig.get(SECOND, "Range: bytes=0-" + (STORED / 2 - 1)).check(TWO, 0, STORED / 2);
        first.close();
        awaitOnlyOnePlayback(rig);
        try (CheckedStream afterSeek = rig.stream(FIRST, ONE).awaitBytes(300 * KIB)) {
          assertThat(second.awaitHead().status()).isEqualTo(503);
          assertThat(rig.origin().requests(SECOND)).as("nothing is fetched of it").hasSize(asked);
          assertThat(afterSeek.bytes()).isGreaterThan(300 * KIB);
        }
      }
      // The player of the second film has reached its maximum wait.
      rig.get(SECOND, "User-Agent: another").check(TWO, 0, TWO.length());
      assertThat(rig.origin().peakConnections()).isEqualTo(1);
    }
  }

  @Test
  void lineCarriesOneFilm_sharingIsSet_theSecondBeginsAsWell() throws Exception {
    try (Rig rig = rig(AdmissionPolicy.SHARE);
        CheckedStream first = rig.stream(FIRST, ONE).awaitBytes(150 * KIB);
        CheckedStream second = rig.stream(SECOND, TWO)) {
      second.awaitBytes(STORED / 2);
      first.awaitBytes(200 * KIB);
      assertThat(rig.origin().peakConnections()).isEqualTo(1);
    }
  }
}
