package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.endtoend.Rig.MIB;

import java.io.IOException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import streamcache.settings.AdmissionPolicy;
import streamcache.settings.FillSettings;
import streamcache.settings.ProviderBlocks;
import streamcache.testkit.Answer;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.Gate;
import streamcache.testkit.Script;

/** Providers that accept a request and stay silent for long before the first byte of a film. */
final class FirstByteTest {

  private static final Content ONE = Content.of(/* seed= */ 1, 6 * MIB + 7);
  private static final Content TWO = Content.of(/* seed= */ 2, MIB);

  /** Long enough for a busy machine to open a connection. */
  private static final Duration ANSWER = Duration.ofMillis(1500);

  private static final int FAR = (int) (5 * MIB);

  /** One connection, so that a second film has to wait. */
  private static Rig rig(Duration firstByteWithin) throws IOException {
    return Rig.start(
        new FillSettings(
            Rig.TEE_THRESHOLD,
            Duration.ofSeconds(60),
            /* answerWithin= */ ANSWER,
            firstByteWithin,
            /* placeWaitMax= */ ANSWER,
            Duration.ofMinutes(5),
            OptionalInt.of(1),
            /* verifyTls= */ true,
            Rig.egress(),
            /* completeAfter= */ 0,
            /* completeScans= */ false,
            AdmissionPolicy.FIRST,
            Duration.ofHours(12),
            ProviderBlocks.NONE));
  }

  private static CompletableFuture<Answer> asked(Rig rig, String... headers) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    Thread.startVirtualThread(() -> {
      try {
        answer.complete(rig.get("/one.mkv", headers));
      } catch (IOException | RuntimeException e) {
        answer.completeExceptionally(e);
      }
    });
    return answer;
  }

  @Test
  void coldTitle_providerSilentForLongerThanAnAnswerMayTake_playerGetsTheFilm() throws Exception {
    Gate head = new Gate();
    try (Rig rig =
        rig(Duration.ofSeconds(30))
            .serve("/one.mkv", Script.of(ONE).headGate(head))
            .serve("/two.mkv", Script.of(TWO))) {
      CompletableFuture<Answer> first = asked(rig);
      head.awaitReached();
      // This later request has timed out, so the time of the first request is over as well.
      assertThat(rig.get("/two.mkv").status()).isEqualTo(503);
      head.open();
      first.get(20, TimeUnit.SECONDS).check(ONE, 0, ONE.length());
      assertThat(rig.origin().requests("/one.mkv")).hasSize(1);
    }
  }

  /** A seek into a known title, at a provider that is slow to find the range. */
  @Test
  void farRange_providerSilentForLongerThanAnAnswerMayTake_playerGetsIt() throws Exception {
    Gate head = new Gate();
    Script script = Script.of(ONE).pace(MIB / 2).fromRequest(2, s -> s.pace(0).headGate(head));
    try (Rig rig =
            rig(Duration.ofSeconds(30))
                .serve("/one.mkv", script)
                .serve("/two.mkv", Script.of(TWO));
        CheckedStream reader = rig.stream("/one.mkv", ONE).awaitBytes(100_000)) {
      reader.reset();
      CompletableFuture<Answer> far = asked(rig, "Range: bytes=" + FAR + "-" + (FAR + 99));
      head.awaitReached();
      assertThat(rig.get("/two.mkv").status()).isEqualTo(503);
      head.open();
      far.get(20, TimeUnit.SECONDS).check(ONE, FAR, FAR + 100);
    }
  }

  @Test
  void providerSilentForLongerThanIsSet_saysSoAndHasAskedOnce() throws Exception {
    Gate never = new Gate();
    try (Rig rig = rig(ANSWER.multipliedBy(2)).serve("/one.mkv", Script.of(ONE).headGate(never))) {
      Answer answer = asked(rig).get(20, TimeUnit.SECONDS);
      assertThat(answer.status()).isEqualTo(504);
      assertThat(rig.origin().requests("/one.mkv")).hasSize(1);
    }
  }

  /** The provider has failed and is in back-off: there is nothing left to wait for. */
  @Test
  void providerSilentAndThenGone_isNotWaitedForAnyLonger() throws Exception {
    Gate head = new Gate();
    Script script = Script.of(ONE).onRequest(1, s -> Script.status(404).headGate(head));
    try (Rig rig =
        rig(Duration.ofMinutes(5)).serve("/one.mkv", script).serve("/two.mkv", Script.of(TWO))) {
      CompletableFuture<Answer> first = asked(rig);
      head.awaitReached();
      assertThat(rig.get("/two.mkv").status()).isEqualTo(503);
      head.open();
      assertThat(first.get(20, TimeUnit.SECONDS).status()).isEqualTo(404);
    }
  }
}
