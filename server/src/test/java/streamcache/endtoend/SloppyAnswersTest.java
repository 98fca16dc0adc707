package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.endtoend.Rig.MIB;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.testkit.Answer;
import streamcache.testkit.Content;
import streamcache.testkit.Cut;
import streamcache.testkit.Script;
import streamcache.testkit.Wire;
import streamcache.testkit.wild.Spelling;

/**
 * Providers whose heads do not say what they should about the range of a response. Players that ask
 * them directly play; so must those that ask here, and no byte may come from a wrong place.
 */
final class SloppyAnswersTest {

  private static final String PATH = "/film.mkv";
  private static final Content FILM = Content.of(/* seed= */ 8, 9 * MIB + 13);
  private static final long FAR = 7 * MIB;

  private static void check(Answer answer, long start, long end) {
    assertThat(answer.endedCleanly()).as(answer.toString()).isTrue();
    answer.check(FILM, start, end);
  }

  private static void plays(Script script, int mostRequests) throws IOException {
    try (Rig rig = Rig.start().serve(PATH, script)) {
      check(rig.get(PATH), 0, FILM.length());
      rig.origin().awaitIdle();
      assertThat(rig.origin().requests(PATH)).hasSizeLessThanOrEqualTo(mostRequests);
      check(rig.get(PATH), 0, FILM.length());
      assertThat(rig.origin().requests(PATH)).hasSizeLessThanOrEqualTo(mostRequests);
    }
  }

  /** The title is unknown when the player asks for its end. */
  private static void seeks(Script script, int mostRequests) throws IOException {
    try (Rig rig = Rig.start().serve(PATH, script)) {
      Answer answer = rig.get(PATH, "Range: bytes=" + FAR + "-" + (FAR + 99_999));
      assertThat(answer.status()).isEqualTo(206);
      assertThat(answer.header("Content-Range").orElseThrow()).startsWith("bytes " + FAR + "-");
      assertThat(answer.endedCleanly()).isTrue();
      answer.check(FILM, FAR, FAR + answer.body().length);
      Answer whole = rig.get(PATH);
      assertThat(whole.endedCleanly()).as("%s of %s", whole, rig.origin()).isTrue();
      check(whole, 0, FILM.length());
      rig.origin().awaitIdle();
      assertThat(rig.origin().requests(PATH)).hasSizeLessThanOrEqualTo(mostRequests);
    }
  }

  private static Script script(boolean hasValidator) {
    Script film = Script.of(FILM);
    return hasValidator ? film : film.etag(null).lastModified(null);
  }

  private static Script script(Spelling spelling, boolean hasValidator) {
    return script(hasValidator).rawHead(spelling::applyTo);
  }

  @ParameterizedTest
  @EnumSource
  void contentRange_oddlyWritten_filmPlays(Spelling spelling) throws IOException {
    plays(script(spelling, true), 3);
    plays(script(spelling, false), 3);
  }

  /** Where no total is stated, nothing shows that two parts are of the same file. */
  @ParameterizedTest
  @EnumSource(
      names = {"EQUALS", "COLON", "NO_UNIT", "UPPER_CASE", "BLANKS", "END_EXCLUSIVE", "ABSENT"})
  void contentRange_oddlyWritten_seekGetsTheRightBytes(Spelling spelling) throws IOException {
    seeks(script(spelling, true), 8);
    seeks(script(spelling, false), 8);
  }

  @ParameterizedTest
  @EnumSource
  void contentRange_oddlyWritten_cutIsRiddenThrough(Spelling spelling) throws IOException {
    for (boolean hasValidator : new boolean[] {true, false}) {
      Script script = script(spelling, hasValidator);
      plays(script.onRequest(1, first -> first.cutAfter(FAR, Cut.RESET)), 4);
    }
  }

  /** Says 200 although it sends, and describes, the requested part. */
  private static Script saying200(boolean hasValidator) {
    return script(hasValidator).rawHead(head -> head.replace("HTTP/1.1 206", "HTTP/1.1 200"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void partCalledWhole_filmPlays(boolean hasValidator) throws IOException {
    plays(saying200(hasValidator), 1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void partCalledWhole_cutIsRiddenThrough(boolean hasValidator) throws IOException {
    plays(saying200(hasValidator).onRequest(1, first -> first.cutAfter(FAR, Cut.RESET)), 4);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void partCalledWhole_seekGetsTheRightBytes(boolean hasValidator) throws IOException {
    seeks(saying200(hasValidator), 8);
  }

  /** RFC 9110 section 14.4: without meaning on a 200. */
  @ParameterizedTest
  @ValueSource(strings = {"bytes 5-19/20", "bytes 0-19/20", "bytes 1-2/3", "nonsense", "bytes */9"})
  void strayContentRangeOnTheWhole_isIgnored(String stray) throws IOException {
    for (Script.Ranges ranges :
        new Script.Ranges[] {Script.Ranges.IGNORED, Script.Ranges.UNKNOWN}) {
      Script script = Script.of(FILM).ranges(ranges).header("Content-Range", stray);
      plays(script, 1);
      seeks(script, 4);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {203, 299, 201, 226, 250})
  void otherSuccess_isTheFilm(int status) throws IOException {
    plays(Script.of(FILM).ranges(Script.Ranges.IGNORED).statusLine(status, "Fine"), 1);
  }

  /** Answers a closed range with everything from its start on. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void rangeLongerThanRequested_isUsed(boolean hasValidator) throws IOException {
    try (Rig rig = Rig.start()) {
      rig.origin().on(PATH, wire -> sendsToTheEnd(wire, hasValidator));
      Answer far = rig.get(PATH, "Range: bytes=" + FAR + "-" + (FAR + 99_999));
      check(far, FAR, FAR + 100_000);
      check(rig.get(PATH), 0, FILM.length());
      rig.origin().awaitIdle();
      assertThat(rig.origin().requests(PATH)).hasSizeLessThanOrEqualTo(5);
    }
  }

  private static void sendsToTheEnd(Wire wire, boolean hasValidator) throws IOException {
    int start =
        Integer.parseInt(wire.request().range().orElseThrow().replaceAll("\\D+(\\d+)-.*", "$1"));
    int length = (int) FILM.length();
    String tag = hasValidator ? "ETag: \"v1\"\r\n" : "";
    wire.head(
        "HTTP/1.1 206 Part\r\nContent-Type: video/x-matroska\r\n%sContent-Length: %d\r\nContent-Range: bytes %d-%d/%d\r\n\r\n"
            .formatted(tag, length - start, start, length - 1, length));
    byte[] film = FILM.bytes();
    for (int at = start; at < length; at += 65536) {
      wire.body(film, at, Math.min(65536, length - at));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "utf-8",
    "UTF-8",
    "7bit",
    "8bit",
    "aws-chunked",
    "'aws-chunked,identity'",
    "identity",
    "none",
    "binary",
    "''"
  })
  void codingThatIsNone_filmPlays(String coding) throws IOException {
    plays(Script.of(FILM).header("Content-Encoding", coding), 1);
  }
}
