package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.endtoend.Rig.MIB;

import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import streamcache.testkit.Answer;
import streamcache.testkit.BodyEnd;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.Cut;
import streamcache.testkit.Gate;
import streamcache.testkit.RecordedRequest;
import streamcache.testkit.Script;
import streamcache.testkit.Wire;

/**
 * Parts whose place is not stated as HTTP has it (b07, b09), or not of which file they are (b06).
 * They are used once stored bytes were compared, and no player ever gets a byte from a wrong place.
 */
final class MisplacedPartsTest {

  private static final String PATH = "/film.mkv";
  private static final long LENGTH = 12 * MIB + 13;
  private static final Content FILM = Content.of(/* seed= */ 21, LENGTH);
  private static final long NINE_TENTHS = LENGTH / 10 * 9;
  private static final long SAMPLE = 64 * 1024;

  /** What one response that is given up may have sent already. */
  private static final long IN_FLIGHT = MIB;

  /** How a part is described. */
  enum Kind {
    CALLED_200,
    WITHOUT_CONTENT_RANGE,
    TOTAL_UNKNOWN;

    Script of(boolean hasValidator) {
      Script film = Script.of(FILM).pace(24 * MIB);
      Script script = hasValidator ? film : film.etag(null).lastModified(null);
      return switch (this) {
        case CALLED_200 -> script.rawHead(head -> head.replace("HTTP/1.1 206", "HTTP/1.1 200"));
        case WITHOUT_CONTENT_RANGE ->
            script.rawHead(head ->
                head.startsWith("HTTP/1.1 206")
                    ? head.replaceFirst("Content-Range: .*\r\n", "")
                    : head);
        case TOTAL_UNKNOWN -> script.totalUnknown();
      };
    }
  }

  private static void plays(Rig rig) throws IOException {
    Answer answer = rig.get(PATH);
    assertThat(answer.endedCleanly()).as("%s of %s", answer, rig.origin()).isTrue();
    answer.check(FILM, 0, LENGTH);
    rig.origin().awaitIdle();
  }

  @ParameterizedTest
  @CsvSource({
    "CALLED_200, true, 3", "CALLED_200, false, 2", "WITHOUT_CONTENT_RANGE, true, 3",
    "WITHOUT_CONTENT_RANGE, false, 2", "TOTAL_UNKNOWN, true, 4", "TOTAL_UNKNOWN, false, 4",
  })
  void cutAtHalf_isResumed(Kind kind, boolean hasValidator, int requests) throws IOException {
    Script film = kind.of(hasValidator);
    try (Rig rig =
        Rig.start().serve(PATH, film.onRequest(1, cut -> cut.cutAfter(LENGTH / 2, Cut.FIN)))) {
      plays(rig);
      assertThat(rig.origin().requests(PATH))
          .as(rig.origin().toString())
          .hasSizeLessThanOrEqualTo(requests)
          .allMatch(request -> request.range().isPresent());
      assertThat(rig.origin().bodyBytes(PATH))
          .as(rig.origin().requests(PATH).toString())
          .isLessThan((long) (1.02 * LENGTH) + 2 * SAMPLE + IN_FLIGHT);
    }
  }

  /** The fill stands still, so the bytes at nine tenths can only come from a range. */
  @ParameterizedTest
  @EnumSource
  void seekToNineTenths_isServedWhileTheFillStandsStill(Kind kind) throws IOException {
    for (boolean hasValidator : new boolean[] {true, false}) {
      Gate gate = new Gate();
      Script film = kind.of(hasValidator).onRequest(1, first -> first.gate(2 * MIB, gate));
      try (Rig rig = Rig.start().serve(PATH, film)) {
        CheckedStream player = rig.stream(PATH, FILM).awaitBytes(2 * MIB);
        Answer far = rig.get(PATH, "Range: bytes=" + NINE_TENTHS + "-" + (NINE_TENTHS + MIB - 1));
        assertThat(far.status()).isEqualTo(206);
        // Without a total, a player gets what is there.
        assertThat(far.body().length).isPositive();
        assertThat(kind == Kind.TOTAL_UNKNOWN || far.body().length == MIB).isTrue();
        far.check(FILM, NINE_TENTHS, NINE_TENTHS + far.body().length);
        assertThat(rig.origin().requests(PATH))
            .as(rig.origin().toString())
            .hasSizeLessThanOrEqualTo(4)
            .allMatch(request -> request.range().isPresent());
        gate.open();
        assertThat(player.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
        player.close();
        rig.origin().awaitIdle();
        assertThat(rig.origin().bodyBytes(PATH))
            .as(rig.origin().requests(PATH).toString())
            .isLessThan((long) (1.02 * LENGTH) + 4 * SAMPLE + 2 * IN_FLIGHT);
      }
    }
  }

  /** Kodi asks for the head first, and cannot seek in a film without a length. */
  @Test
  void headOfAColdFilm_tellsTheLength() throws IOException {
    Script film = Kind.WITHOUT_CONTENT_RANGE.of(/* hasValidator= */ true).pace(4 * MIB);
    try (Rig rig = Rig.start().serve(PATH, film)) {
      Answer head = rig.head(PATH);
      assertThat(head.header("Content-Length")).contains(Long.toString(LENGTH));
      assertThat(head.header("Accept-Ranges")).contains("bytes");
      rig.origin().awaitIdle();
      assertThat(rig.origin().requests(PATH)).hasSize(2);
      // The second response would be the whole film; it is cut.
      assertThat(rig.origin().bodyBytes(PATH)).isLessThan(LENGTH / 2);
      plays(rig);
      assertThat(rig.origin().bodyBytes(PATH))
          .as(rig.origin().requests(PATH).toString())
          .isLessThan((long) (1.52 * LENGTH) + 2 * SAMPLE + IN_FLIGHT);
    }
  }

  /** Says that it sends what was requested, and sends the beginning. */
  private static void lie(Wire wire, Kind kind) throws IOException {
    RecordedRequest request = wire.request();
    if (request.range().isEmpty()) {
      wire.play(Script.of(FILM));
      return;
    }
    Matcher range = Pattern.compile("bytes=(\\d+)-(\\d*)").matcher(request.range().get());
    assertThat(range.matches()).isTrue();
    long start = Long.parseLong(range.group(1));
    long end = range.group(2).isEmpty() ? LENGTH : Long.parseLong(range.group(2)) + 1;
    String said = "Content-Range: bytes %d-%d/%d\r\n".formatted(start, end - 1, LENGTH);
    wire.head(
        "HTTP/1.1 %d Fine\r\nContent-Type: video/x-matroska\r\nETag: \"v1\"\r\n%sContent-Length: %d\r\n\r\n"
            .formatted(
                kind == Kind.CALLED_200 ? 200 : 206,
                kind == Kind.CALLED_200 ? said : "",
                end - start));
    byte[] film = FILM.bytes();
    for (int at = 0; at < end - start; at += 65536) {
      wire.body(film, at, (int) Math.min(65536, end - start - at));
    }
  }

  /** Its parts are never used; the whole, requested without a Range, is. */
  @ParameterizedTest
  @EnumSource(names = "TOTAL_UNKNOWN", mode = EnumSource.Mode.EXCLUDE)
  void otherPlaceThanRequested_noByteOfItIsServed(Kind kind) throws IOException {
    try (Rig rig = Rig.start()) {
      rig.origin().on(PATH, wire -> lie(wire, kind));
      Answer far = rig.get(PATH, "Range: bytes=" + NINE_TENTHS + "-");
      assertThat(far.status()).isEqualTo(206);
      far.check(FILM, NINE_TENTHS, NINE_TENTHS + far.body().length);
      plays(rig);
      List<RecordedRequest> requests = rig.origin().requests(PATH);
      assertThat(requests).as(requests.toString()).hasSizeLessThanOrEqualTo(8);
      assertThat(requests.stream().filter(each -> each.range().isEmpty())).hasSize(1);
    }
  }
}
