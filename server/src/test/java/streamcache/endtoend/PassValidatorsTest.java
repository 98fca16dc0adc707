package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.endtoend.Rig.MIB;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.origin.ProviderProfile;
import streamcache.origin.ProviderProfiles;
import streamcache.testkit.Answer;
import streamcache.testkit.BodyEnd;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.Cut;
import streamcache.testkit.RecordedRequest;
import streamcache.testkit.Script;

/**
 * Films that play past a full store, from providers whose validators differ for the same bytes and
 * were not seen before.
 */
final class PassValidatorsTest {

  private static final long LENGTH = 20 * MIB + 7;
  private static final Content FILM = Content.of(/* seed= */ 4, LENGTH);
  private static final Content OTHER = Content.of(/* seed= */ 5, LENGTH);

  /** Less than the film, so that most of it passes the store. */
  private static final long CACHE = 6 * MIB;

  /** Nothing of the film can be stored. */
  private static final long NO_CACHE = 1;

  private static final String PATH = "/movie/joe/secret/1.mkv";
  private static final long SAMPLE = 64 * 1024;

  /** What one response that is cut may have sent already. */
  private static final long IN_FLIGHT = MIB;

  /** How validators of one file differ. */
  private enum Kind {
    TAG_PER_ANSWER,
    TAG_OF_TWO_EDGES,
    DATE_IS_NOW;

    Script of(Script script, int number) {
      return switch (this) {
        case TAG_PER_ANSWER -> script.etag("\"edge-" + number + "\"");
        case TAG_OF_TWO_EDGES -> script.etag("\"edge-" + number % 2 + "\"");
        case DATE_IS_NOW ->
            script.etag(null).lastModified("Thu, 01 Jan 2026 00:00:%02d GMT".formatted(number));
      };
    }
  }

  private static Rig rig(long cache, Kind kind, Script script) throws IOException {
    Rig rig = Rig.start(cache);
    rig.origin()
        .on(
            PATH,
            wire -> {
              RecordedRequest request = wire.request();
              wire.play(kind.of(script, request.number()).at(request.number()));
            });
    return rig;
  }

  private static Script paced() {
    // So that few bytes are in flight when a connection is closed.
    return Script.of(FILM).pace(32 * MIB).closing();
  }

  private static boolean hasLearned(Rig rig) throws IOException {
    rig.restart();
    ProviderProfiles profiles =
        ProviderProfiles.open(rig.cache().resolve("PROVIDERS"), InstantSource.system());
    return profiles.all().values().stream()
        .map(ProviderProfile::validators)
        .anyMatch(ProviderProfile.Validators::areArbitrary);
  }

  private static void assertBounded(Rig rig, int requests) {
    List<RecordedRequest> all = rig.origin().requests(PATH);
    assertThat(all).hasSizeLessThanOrEqualTo(requests);
    // A pass that meets If-Range with another validator is sent the whole file, and cut.
    assertThat(rig.origin().bodyBytes(PATH))
        .as(all.toString())
        .isLessThan(LENGTH + 4 * SAMPLE + (requests - 1) * IN_FLIGHT);
  }

  /** The store fills up in the middle: what is stored is compared with what passes it. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  void storeFillsUp_otherValidatorSameBytes_goesOnAndIsLearned(Kind kind) throws IOException {
    try (Rig rig = rig(CACHE, kind, paced())) {
      Answer answer = rig.get(PATH);
      assertThat(answer.endedCleanly()).isTrue();
      answer.check(FILM, 0, LENGTH);
      rig.origin().awaitIdle();
      assertBounded(rig, /* requests= */ 7);
      assertThat(hasLearned(rig)).isTrue();
    }
  }

  /** Nothing is stored: the responses are compared with each other, and with what was given. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  void cut_nothingStored_isResumed(Kind kind) throws IOException {
    Script script =
        paced()
            .onRequest(2, pass -> pass.cutAfter(5 * MIB, Cut.FIN))
            .onRequest(3, pass -> pass.cutAfter(6 * MIB, Cut.FIN));
    try (Rig rig = rig(NO_CACHE, kind, script)) {
      Answer answer = rig.get(PATH);
      assertThat(answer.endedCleanly()).isTrue();
      answer.check(FILM, 0, LENGTH);
      rig.origin().awaitIdle();
      assertBounded(rig, /* requests= */ 6);
    }
  }

  /** The player was given five megabytes with one validator, and gets the rest with others. */
  @ParameterizedTest
  @CsvSource({"true", "false"})
  void cut_otherValidatorFromThenOn_isComparedWithWhatWasGiven(boolean isSameFile)
      throws IOException {
    Script script =
        paced()
            .onRequest(2, pass -> pass.cutAfter(5 * MIB, Cut.FIN))
            .fromRequest(3, later -> isSameFile ? later : later.content(OTHER));
    Rig rig = Rig.start(NO_CACHE);
    rig.origin()
        .on(
            PATH,
            wire -> {
              int number = wire.request().number();
              Script changing = number < 3 ? script : Kind.TAG_PER_ANSWER.of(script, number);
              wire.play(changing.at(number));
            });
    try (rig;
        CheckedStream player = rig.stream(PATH, FILM)) {
      assertThat(player.awaitEnd() == BodyEnd.CLEAN).isEqualTo(isSameFile);
      assertThat(player.bytes()).isEqualTo(isSameFile ? LENGTH : 5 * MIB);
      assertBounded(rig, /* requests= */ 6);
      assertThat(hasLearned(rig)).isEqualTo(isSameFile);
    }
  }

  /** The same account and validators, and another file: never joined, and nothing is learned. */
  @ParameterizedTest
  @CsvSource({"TAG_PER_ANSWER, 6291456", "DATE_IS_NOW, 6291456", "TAG_PER_ANSWER, 1"})
  void fileReplaced_otherValidatorOtherBytes_isNeverJoined(Kind kind, long cache)
      throws IOException {
    Script script =
        paced()
            .fromRequest(cache == NO_CACHE ? 4 : 2, later -> later.content(OTHER))
            .onRequest(3, pass -> cache == NO_CACHE ? pass.cutAfter(5 * MIB, Cut.FIN) : pass);
    try (Rig rig = rig(cache, kind, script);
        CheckedStream player = rig.stream(PATH, FILM)) {
      assertThat(player.awaitEnd()).isNotEqualTo(BodyEnd.CLEAN);
      assertThat(player.bytes()).isGreaterThan(MIB);
      assertThat(rig.origin().requests(PATH)).hasSizeLessThanOrEqualTo(9);
    }
  }

  /** Two responses of one new file agree with each other, which shows nothing about the old one. */
  @ParameterizedTest
  @ValueSource(longs = {CACHE, NO_CACHE})
  void fileReplaced_newOneKeepsItsValidator_isNoProof(long cache) throws IOException {
    Script script = paced().fromRequest(2, later -> later.content(OTHER).etag("\"new\""));
    try (Rig rig = Rig.start(cache).serve(PATH, script)) {
      CheckedStream player = rig.stream(PATH, FILM);
      assertThat(player.awaitEnd()).isNotEqualTo(BodyEnd.CLEAN);
      player.close();
      assertThat(rig.origin().requests(PATH)).hasSizeLessThanOrEqualTo(9);
      assertThat(hasLearned(rig)).isFalse();
    }
  }

  @Test
  void equalValidator_costsNoOverlap() throws IOException {
    try (Rig rig = Rig.start(CACHE).serve(PATH, paced())) {
      rig.get(PATH).check(FILM, 0, LENGTH);
      rig.origin().awaitIdle();
      assertThat(rig.origin().requests(PATH)).hasSizeLessThanOrEqualTo(3);
      // The connection before may have brought some bytes more.
      assertThat(start(rig.origin().requests(PATH).getLast()))
          .as("no overlap")
          .isGreaterThanOrEqualTo(start(rig.origin().requests(PATH).get(1)));
      assertThat(hasLearned(rig)).isFalse();
    }
  }

  private static long start(RecordedRequest request) {
    String range = request.range().orElseThrow();
    return Long.parseLong(range.substring("bytes=".length(), range.indexOf('-')));
  }
}
