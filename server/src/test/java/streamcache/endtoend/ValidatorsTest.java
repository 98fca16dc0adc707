package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.endtoend.Rig.MIB;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.origin.ProviderProfile;
import streamcache.origin.ProviderProfiles;
import streamcache.testkit.Answer;
import streamcache.testkit.BodyEnd;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.Cut;
import streamcache.testkit.Gate;
import streamcache.testkit.RecordedRequest;
import streamcache.testkit.Script;
import streamcache.testkit.Script.Ranges;

/** Providers whose ETag and Last-Modified differ for the same bytes, or that misread If-Range. */
final class ValidatorsTest {

  private static final long LENGTH = 12 * MIB + 7;
  private static final Content FILM = Content.of(/* seed= */ 4, LENGTH);
  private static final Content OTHER = Content.of(/* seed= */ 5, LENGTH);
  private static final long OVERLAP = 64 * 1024;

  /** Where a player seeks to: far beyond what is read over. */
  private static final int FAR = 10_000_000;

  /** What one response that is cut at its head may have sent already. */
  private static final long IN_FLIGHT = MIB / 2;

  private static final String ONE = "/one.mkv";
  private static final String TWO = "/two.mkv";

  /** How validators of one file differ. */
  private enum Kind {
    TAG_PER_ANSWER,
    TAG_OF_TWO_EDGES,
    TAG_PER_ANSWER_IF_RANGE_IGNORED,
    TAG_ON_THE_FIRST_ANSWER_ONLY,
    DATE_IS_NOW,
    DATE_IS_NOW_IF_RANGE_IGNORED,
    WEAK_TAG_AND_DATE_IS_NOW;

    Script of(Script script, RecordedRequest request) {
      int number = request.number();
      String tag = "\"edge-" + number + "\"";
      String date = "Thu, 01 Jan 2026 00:00:%02d GMT".formatted(number);
      String asked = request.header("If-Range").orElse("none");
      return switch (this) {
        case TAG_PER_ANSWER -> script.etag(tag);
        case TAG_OF_TWO_EDGES -> script.etag("\"edge-" + number % 2 + "\"");
        case TAG_PER_ANSWER_IF_RANGE_IGNORED -> script.etag(asked).header("ETag", tag);
        case TAG_ON_THE_FIRST_ANSWER_ONLY ->
            number == 1 ? script.etag(tag) : script.etag(asked).without("ETag");
        case DATE_IS_NOW -> script.etag(null).lastModified(date);
        case DATE_IS_NOW_IF_RANGE_IGNORED ->
            script.etag(null).lastModified(asked).header("Last-Modified", date);
        case WEAK_TAG_AND_DATE_IS_NOW -> script.etag("W/" + tag).lastModified(date);
      };
    }
  }

  private static void serve(Rig rig, String path, Kind kind, Script script) {
    rig.origin()
        .on(
            path,
            wire -> {
              RecordedRequest request = wire.request();
              wire.play(kind.of(script, request).at(request.number()));
            });
  }

  private static Script paced() {
    // So that few bytes are in flight when a connection is closed.
    return Script.of(FILM).pace(16 * MIB);
  }

  private static Script cutAtHalf() {
    return paced().onRequest(1, first -> first.cutAfter(LENGTH / 2, Cut.FIN));
  }

  private static ProviderProfile.Validators learned(Rig rig) throws IOException {
    rig.restart();
    ProviderProfiles profiles =
        ProviderProfiles.open(rig.cache().resolve("PROVIDERS"), InstantSource.system());
    assertThat(profiles.all()).hasSize(1);
    return profiles.all().values().iterator().next().validators();
  }

  private static void playAll(Rig rig, String path) throws IOException {
    Answer answer = rig.get(path);
    assertThat(answer.endedCleanly()).isTrue();
    answer.check(FILM, 0, LENGTH);
    rig.origin().awaitIdle();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void cut_otherValidatorSameBytes_isResumedAndLearned(Kind kind) throws IOException {
    try (Rig rig = Rig.start()) {
      serve(rig, ONE, kind, cutAtHalf());
      playAll(rig, ONE);
      assertThat(rig.origin().requests(ONE)).hasSizeLessThanOrEqualTo(6);
      assertThat(rig.origin().bodyBytes(ONE))
          .as(rig.origin().requests(ONE).toString())
          .isLessThan((long) (1.02 * LENGTH) + 4 * OVERLAP + IN_FLIGHT);
      assertThat(learned(rig)).isEqualTo(new ProviderProfile.Validators(true, false));

      serve(rig, TWO, kind, cutAtHalf());
      playAll(rig, TWO);
      List<RecordedRequest> requests = rig.origin().requests(TWO);
      assertThat(requests).as("known over the restart").hasSize(2);
      assertThat(requests).allMatch(request -> request.header("If-Range").isEmpty());
      assertThat(rig.origin().bodyBytes(TWO)).isEqualTo(LENGTH + OVERLAP);
    }
  }

  /** As a player that reads the index at the end of a file while the beginning is fetched. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  void seek_otherValidatorSameBytes_isServedWhileTheFillStandsStill(Kind kind) throws IOException {
    Gate gate = new Gate();
    Gate second = new Gate();
    try (Rig rig = Rig.start()) {
      serve(rig, ONE, kind, paced().onRequest(1, first -> first.gate(MIB, gate)));
      CheckedStream player = rig.stream(ONE, FILM).awaitBytes(MIB);
      rig.get(ONE, "Range: bytes=" + FAR + "-").check(FILM, FAR, LENGTH);
      assertThat(rig.origin().requests(ONE)).hasSizeLessThanOrEqualTo(6);
      gate.open();
      assertThat(player.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      player.close();
      rig.origin().awaitIdle();
      assertThat(rig.origin().bodyBytes(ONE))
          .as(rig.origin().requests(ONE).toString())
          .isLessThan((long) (1.02 * LENGTH) + 6 * OVERLAP + 2 * IN_FLIGHT);

      serve(rig, TWO, kind, paced().onRequest(1, first -> first.gate(MIB, second)));
      CheckedStream other = rig.stream(TWO, FILM).awaitBytes(MIB);
      rig.get(TWO, "Range: bytes=" + FAR + "-").check(FILM, FAR, LENGTH);
      assertThat(rig.origin().requests(TWO)).as("a seek is one request").hasSize(2);
      second.open();
      assertThat(other.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      other.close();
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void farRange_coldTitle_isServedBeforeTheRest(Kind kind) throws IOException {
    try (Rig rig = Rig.start()) {
      serve(rig, ONE, kind, paced());
      rig.get(ONE, "Range: bytes=" + FAR + "-").check(FILM, FAR, LENGTH);
      playAll(rig, ONE);
      assertThat(rig.origin().bodyBytes(ONE))
          .as(rig.origin().requests(ONE).toString())
          .isLessThan((long) (1.02 * LENGTH) + 8 * OVERLAP + 2 * IN_FLIGHT);
      assertThat(rig.origin().requests(ONE)).hasSizeLessThanOrEqualTo(9);
    }
  }

  /** One connection, and no second one in its place before the first is closed. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  void cut_accountOfOneConnection_isResumed(Kind kind) throws IOException {
    String path = "/movie/joe/secret/1.mkv";
    try (Rig rig = Rig.start()) {
      serve(rig, path, kind, cutAtHalf().closing());
      playAll(rig, path);
      assertThat(rig.origin().peakExchanges()).isEqualTo(1);
      assertThat(rig.origin().requests(path)).hasSizeLessThanOrEqualTo(6);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void cut_otherValidatorOtherBytes_areNeverJoined(Kind kind) throws IOException {
    try (Rig rig = Rig.start()) {
      serve(rig, ONE, kind, cutAtHalf().fromRequest(2, later -> later.content(OTHER)));
      CheckedStream player = rig.stream(ONE, FILM);
      assertThat(player.awaitEnd()).isNotEqualTo(BodyEnd.CLEAN);
      player.close();
      rig.get(ONE).check(OTHER, 0, LENGTH);
      rig.get(ONE, "Range: bytes=6000000-6000999").check(OTHER, 6_000_000, 6_001_000);
      assertThat(rig.origin().requests(ONE)).hasSizeLessThanOrEqualTo(8);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void seek_otherValidatorOtherBytes_getsTheFileThatPlays(Kind kind) throws IOException {
    Gate gate = new Gate();
    try (Rig rig = Rig.start()) {
      Script script = paced().onRequest(1, first -> first.gate(MIB, gate));
      serve(rig, ONE, kind, script.fromRequest(2, later -> later.content(OTHER)));
      CheckedStream player = rig.stream(ONE, FILM).awaitBytes(MIB);
      CheckedStream seeking = rig.stream(ONE, FILM, "Range: bytes=" + FAR + "-" + (FAR + 99_999));
      rig.origin().awaitRequests(ONE, 3);
      gate.open();
      assertThat(player.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      assertThat(seeking.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      player.close();
      seeking.close();
      assertThat(learned(rig).areArbitrary()).isFalse();
    }
  }

  /** A public report: the whole file for a range with If-Range, although its validator matches. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void seek_ifRangeCostsTheWhole_isLeftOutOnceLearned(boolean hasTag) throws IOException {
    try (Rig rig = Rig.start()) {
      for (String path : List.of(ONE, TWO)) {
        Gate gate = new Gate();
        Script script = paced().etag(hasTag ? "\"v1\"" : null);
        rig.origin()
            .on(
                path,
                wire -> {
                  boolean isWhole = wire.request().header("If-Range").isPresent();
                  Script whole = isWhole ? script.ranges(Ranges.IGNORED) : script;
                  wire.play(
                      whole
                          .onRequest(1, first -> first.gate(MIB, gate))
                          .at(wire.request().number()));
                });
        CheckedStream player = rig.stream(path, FILM).awaitBytes(MIB);
        rig.get(path, "Range: bytes=" + FAR + "-").check(FILM, FAR, LENGTH);
        boolean isFirst = path.equals(ONE);
        assertThat(rig.origin().requests(path)).hasSize(isFirst ? 3 : 2);
        gate.open();
        assertThat(player.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
        player.close();
        rig.origin().awaitIdle();
        assertThat(rig.origin().bodyBytes(path))
            .isLessThan((long) (1.02 * LENGTH) + 4 * OVERLAP + (isFirst ? 2 : 1) * IN_FLIGHT);
        assertThat(learned(rig)).isEqualTo(new ProviderProfile.Validators(false, true));
      }
    }
  }

  @Test
  void ranges_ignoredWithAndWithoutIfRange_areNotBlamedOnIt() throws IOException {
    try (Rig rig = Rig.start()) {
      rig.serve(TWO, cutAtHalf().ranges(Ranges.IGNORED));
      playAll(rig, TWO);
      assertThat(rig.origin().requests(TWO)).hasSizeLessThanOrEqualTo(3);
      assertThat(learned(rig)).isEqualTo(new ProviderProfile.Validators(false, false));
    }
  }

  @Test
  void trustSetTo1_otherValidator_isAnotherFile() throws IOException {
    try (Rig rig = Rig.set("[provider *]", "TRUST_VALIDATORS = 1")) {
      serve(rig, ONE, Kind.TAG_PER_ANSWER, cutAtHalf());
      CheckedStream player = rig.stream(ONE, FILM);
      assertThat(player.awaitEnd()).isNotEqualTo(BodyEnd.CLEAN);
      player.close();
      assertThat(learned(rig).areArbitrary()).isFalse();
    }
  }

  @Test
  void trustSetTo0_equalValidator_isComparedAllTheSame() throws IOException {
    try (Rig rig = Rig.set("[provider *]", "TRUST_VALIDATORS = 0")) {
      rig.serve(ONE, cutAtHalf());
      playAll(rig, ONE);
      RecordedRequest resumed = rig.origin().requests(ONE).get(1);
      assertThat(resumed.range()).contains("bytes=" + (LENGTH / 2 - OVERLAP) + "-");
      assertThat(resumed.header("If-Range")).isEmpty();
      assertThat(rig.origin().requests(ONE)).hasSize(2);

      rig.serve(TWO, cutAtHalf().fromRequest(2, later -> later.content(OTHER)));
      CheckedStream player = rig.stream(TWO, FILM);
      assertThat(player.awaitEnd()).as("the same ETag for other bytes").isNotEqualTo(BodyEnd.CLEAN);
      player.close();
    }
  }

  @Test
  void cut_equalValidator_costsNoOverlap() throws IOException {
    try (Rig rig = Rig.start()) {
      rig.serve(ONE, cutAtHalf());
      playAll(rig, ONE);
      assertThat(rig.origin().requests(ONE)).hasSize(2);
      assertThat(rig.origin().requests(ONE).get(1).header("If-Range"))
          .isEqualTo(Optional.of("\"v1\""));
      assertThat(rig.origin().bodyBytes(ONE)).isEqualTo(LENGTH);
    }
  }
}
