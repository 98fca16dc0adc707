package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.endtoend.Rig.MIB;

import java.io.IOException;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.settings.FillSettings;
import streamcache.testkit.Answer;
import streamcache.testkit.BodyEnd;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.Cut;
import streamcache.testkit.Script;
import streamcache.testkit.Script.Ranges;

/**
 * Progress is a byte that was not stored before. A provider that responds without progress does not
 * get request after request, whether or not a viewer waits.
 */
final class NothingNewTest {

  private static final String PATH = "/film.mkv";
  private static final Content FILM = Content.of(/* seed= */ 6, 2 * MIB + 5);

  private static Script bare() {
    return Script.of(FILM).etag(null).lastModified(null);
  }

  /** A viewer gives up after {@code followerWaitMax} without a new byte. */
  private static Rig rig(Duration followerWaitMax) throws IOException {
    return Rig.start(
        new FillSettings(
            Rig.TEE_THRESHOLD,
            followerWaitMax,
            Duration.ofSeconds(8),
            Duration.ofMinutes(5),
            OptionalInt.of(2),
            /* verifyTls= */ true,
            Rig.egress()));
  }

  /** Measured before the fix: 4.5 requests per second during playback and after it. */
  @Test
  void rangesIgnoredAndBodyAlwaysShort_readFromTheStartThreeTimesAndThenTold() throws IOException {
    Script script = Script.of(FILM).ranges(Ranges.IGNORED).cutAfter(MIB, Cut.FIN);
    try (Rig rig = rig(Duration.ofSeconds(60)).serve(PATH, script);
        CheckedStream player = rig.stream(PATH, FILM)) {
      assertThat(player.awaitEnd()).isNotEqualTo(BodyEnd.CLEAN);
      assertThat(player.bytes()).isEqualTo(MIB);
      player.close();
      assertThat(rig.origin().isRequestedWithin(Duration.ofSeconds(4), PATH, 7)).isFalse();
      assertThat(rig.origin().requests(PATH)).hasSizeBetween(2, 6);
    }
  }

  /** Players that keep coming back cost the provider no more than a few reads. */
  @Test
  void rangesIgnoredAndBodyAlwaysShort_playersComeAgain_areToldWithoutAskingEachTime()
      throws IOException {
    Script script = Script.of(FILM).ranges(Ranges.IGNORED).cutAfter(MIB, Cut.FIN);
    try (Rig rig = rig(Duration.ofSeconds(60)).serve(PATH, script)) {
      for (int player = 0; player < 6; player++) {
        try (CheckedStream stream = rig.stream(PATH, FILM)) {
          assertThat(stream.awaitEnd()).isNotEqualTo(BodyEnd.CLEAN);
        }
      }
      assertThat(rig.origin().requests(PATH)).hasSizeLessThanOrEqualTo(6);
    }
  }

  /** Every response breaks off where the first did: with ranges, at a byte that is unavailable. */
  @Test
  void nothingBehindAnOffset_viewerWaitsItsTimeAndTheProviderIsLeftAlone() throws IOException {
    Script script =
        Script.of(FILM).cutAfter(MIB, Cut.FIN).fromRequest(2, each -> each.cutAfter(0, Cut.FIN));
    try (Rig rig = rig(Duration.ofSeconds(6)).serve(PATH, script);
        CheckedStream player = rig.stream(PATH, FILM)) {
      assertThat(player.awaitEnd()).isNotEqualTo(BodyEnd.CLEAN);
      player.close();
      int whilePlaying = rig.origin().requests(PATH).size();
      assertThat(whilePlaying).isBetween(3, 6);
      assertThat(rig.origin().isRequestedWithin(Duration.ofSeconds(8), PATH, whilePlaying + 4))
          .isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void lengthToldByTheRefusalAlone_completesTheTitle(boolean hasValidator) throws IOException {
    Script film = (hasValidator ? Script.of(FILM) : bare()).totalUnknown();
    try (Rig rig = rig(Duration.ofSeconds(60)).serve(PATH, film)) {
      Answer answer = rig.get(PATH);
      assertThat(answer.endedCleanly()).isTrue();
      answer.check(FILM, 0, FILM.length());
      int requests = rig.origin().requests(PATH).size();
      assertThat(requests).isLessThanOrEqualTo(3);
      assertThat(rig.origin().bodyBytes(PATH)).isLessThan(FILM.length() + 128 * 1024);
      assertThat(rig.get(PATH).header("Content-Length")).contains(Long.toString(FILM.length()));
      assertThat(rig.origin().requests(PATH)).hasSize(requests);
    }
  }

  /** The 416 has no length, but the requested offset is where the previous response ended. */
  @Test
  void lengthToldByNobody_refusalWhereTheBodyEnded_completesTheTitle() throws IOException {
    Script film =
        Script.of(FILM).totalUnknown().fromRequest(2, each -> each.without("Content-Range"));
    try (Rig rig = rig(Duration.ofSeconds(60)).serve(PATH, film)) {
      Answer answer = rig.get(PATH);
      assertThat(answer.endedCleanly()).isTrue();
      answer.check(FILM, 0, FILM.length());
      assertThat(rig.origin().requests(PATH)).hasSizeLessThanOrEqualTo(3);
    }
  }

  /** The request for the end gets the whole with its length: the same bytes, so the same file. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void lengthToldByASecondAnswerWithTheWhole_completesTheTitle(boolean hasValidator)
      throws IOException {
    Script film = hasValidator ? Script.of(FILM) : bare();
    Script script = film.totalUnknown().fromRequest(2, _ -> film.ranges(Ranges.IGNORED));
    try (Rig rig = rig(Duration.ofSeconds(60)).serve(PATH, script)) {
      Answer answer = rig.get(PATH);
      assertThat(answer.endedCleanly()).isTrue();
      answer.check(FILM, 0, FILM.length());
      assertThat(rig.origin().requests(PATH)).hasSizeLessThanOrEqualTo(3);
    }
  }

  /** Three of four bytes are new, except in the last response. */
  @ParameterizedTest
  @ValueSource(ints = {32 * 1024, 64 * 1024, 70_000})
  void answersCappedWithoutValidator_threeQuartersOfEachAreNew(int cap) throws IOException {
    plays(bare().cap(cap), cap);
  }

  @ParameterizedTest
  @ValueSource(ints = {32 * 1024, 64 * 1024, 70_000})
  void answersCutWithoutValidator_threeQuartersOfEachAreNew(int cap) throws IOException {
    plays(bare().cutAfter(cap, Cut.FIN), cap);
  }

  @Test
  void answersCappedWithoutLength_play() throws IOException {
    plays(bare().totalUnknown().cap(64 * 1024), 64 * 1024);
  }

  private static void plays(Script script, int cap) throws IOException {
    try (Rig rig = rig(Duration.ofSeconds(60)).serve(PATH, script)) {
      rig.origin().allow(120, "a film in pieces of %d bytes".formatted(cap));
      Answer answer = rig.get(PATH);
      assertThat(answer.endedCleanly()).isTrue();
      answer.check(FILM, 0, FILM.length());
      rig.origin().awaitIdle();
      assertThat(rig.origin().requests(PATH).size())
          .isLessThanOrEqualTo((int) (FILM.length() * 4 / 3 / cap) + 5);
      assertThat(rig.origin().bodyBytes(PATH))
          .isLessThanOrEqualTo(FILM.length() * 4 / 3 + 4L * cap);
    }
  }
}
