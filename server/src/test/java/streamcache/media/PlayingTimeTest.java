package streamcache.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Heads built by hand, byte by byte. PlayingTimeIT covers the heads of real films, and
 * PlayingTimeFuzzTest those that no tool would write.
 */
final class PlayingTimeTest {

  private static final String EBML = "1A45DFA3 84 4286 81 01";
  private static final String UNKNOWN_SIZE_SEGMENT = "18538067 01FFFFFFFFFFFFFF";
  private static final String VOID = "EC 83 000000";

  /** 5,400,000 ticks, each of one millisecond unless stated otherwise. */
  private static final String DURATION = "4489 84 4AA4CB80";

  private static final String FTYP = "00000010 66747970 69736F6D 00000200";
  private static final String LONG_TICKS = "000000000000D2F0";
  private static final String AVI =
      "52494646 00000000 41564920 4C495354 00000000 6864726C 61766968 38000000";

  /** 135,000 frames of 40 milliseconds, and the rest of {@code avih}. */
  private static final String FRAMES =
      "409C0000 00000000 00000000 00000000 580F0200" + "00".repeat(36);

  private static ByteBuffer bytes(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  private static Optional<Duration> of(String... hex) {
    return PlayingTime.of(bytes(String.join("", hex)));
  }

  private static OptionalLong elsewhere(String... hex) {
    return PlayingTime.elsewhere(bytes(String.join("", hex)));
  }

  private static String info(String... elements) {
    String all = String.join("", elements).replace(" ", "");
    return "1549A966 %02X %s".formatted(0x80 | all.length() / 2, all);
  }

  private static String box(String type, String... content) {
    String all = String.join("", content).replace(" ", "");
    String name = HexFormat.of().formatHex(type.getBytes(StandardCharsets.US_ASCII));
    return "%08X%s%s".formatted(8 + all.length() / 2, name, all);
  }

  private static String movie(String duration) {
    return box("mvhd", "00000000 00000000 00000000 000003E8", duration);
  }

  @Test
  void of_matroska_isTicksTimesScale() {
    assertThat(of(EBML, UNKNOWN_SIZE_SEGMENT, VOID, info(DURATION)))
        .contains(Duration.ofMinutes(90));
    assertThat(of(EBML, UNKNOWN_SIZE_SEGMENT, info(DURATION, "2AD7B1 83 07A120")))
        .as("half a millisecond a tick")
        .contains(Duration.ofMinutes(45));
    assertThat(of(EBML, UNKNOWN_SIZE_SEGMENT, info(DURATION, "2AD7B1 80")))
        .as("an empty element stands for what is usual")
        .contains(Duration.ofMinutes(90));
    assertThat(of(EBML, "18538067 A0", info("4489 88 4140000000000000")))
        .as("eight bytes, a segment of known size")
        .contains(Duration.ofSeconds(2097, 152_000_000));
  }

  /** Infinite, not a number, negative, zero, a day and a half. */
  @ParameterizedTest
  @ValueSource(strings = {"7F800000", "7FC00000", "CAA4CB80", "00000000", "4CF73140"})
  void of_matroskaWithNonsense_isEmpty(String ticks) {
    assertThat(of(EBML, UNKNOWN_SIZE_SEGMENT, info("4489 84" + ticks))).isEmpty();
  }

  @Test
  void of_matroskaThatDoesNotSay_isEmpty() {
    assertThat(of(EBML, UNKNOWN_SIZE_SEGMENT, "1F43B675 80", info(DURATION)))
        .as("pictures come first")
        .isEmpty();
    assertThat(of(EBML, UNKNOWN_SIZE_SEGMENT, info("2AD7B1 83 0F4240"))).isEmpty();
    assertThat(of(EBML, UNKNOWN_SIZE_SEGMENT, "EC 08FFFFFFFF", info(DURATION))).isEmpty();
  }

  /** SeekHead, checksum, padding and Tags; also a checksum in Info. */
  @Test
  void of_matroskaWithOtherElementsFirst_isKnown() {
    String others = "114D9B74 82 4DBB BF 84 00000000" + VOID + "1254C367 85 7373 82 EC80";
    assertThat(of(EBML, UNKNOWN_SIZE_SEGMENT, others, info("BF 84 00000000", DURATION)))
        .contains(Duration.ofMinutes(90));
  }

  /** The bytes after the Duration would form a time if they were taken as part of it. */
  @ParameterizedTest
  @ValueSource(strings = {"4489 80", "4489 82 4AA4", "4489 8A 41400000000000000000"})
  void of_matroskaWithDurationOfAnotherLength_isEmpty(String duration) {
    assertThat(of(EBML, UNKNOWN_SIZE_SEGMENT, info(duration, "EC 88 4140000000000000"))).isEmpty();
    assertThat(of(EBML, UNKNOWN_SIZE_SEGMENT, info(duration), "4140000000000000")).isEmpty();
  }

  @Test
  void of_matroskaWithMoreInInfoThanItHolds_isEmpty() {
    assertThat(of(EBML, UNKNOWN_SIZE_SEGMENT, "1549A966 83 4489 84", "4AA4CB80")).isEmpty();
    String scale = "1549A966 8A" + DURATION + "2AD7B1";
    assertThat(of(EBML, UNKNOWN_SIZE_SEGMENT, scale, "83 07A120")).isEmpty();
  }

  @Test
  void of_matroskaWithScaleOfMoreThanANumber_isEmpty() {
    String scale = "2AD7B1 89 0000000000000F4240";
    assertThat(of(EBML, UNKNOWN_SIZE_SEGMENT, info(DURATION, scale))).isEmpty();
  }

  @Test
  void of_mp4_isThatOfTheMovie() {
    assertThat(of(FTYP, box("moov", box("free"), movie("005265C0"))))
        .contains(Duration.ofMinutes(90));
    String longMovie = box("mvhd", "01000000", "00".repeat(16), "0000000A", LONG_TICKS);
    assertThat(of(FTYP, box("moov", longMovie))).contains(Duration.ofMinutes(90));
    assertThat(of(FTYP, "00000001 66726565 0000000000000010", box("moov", movie("005265C0"))))
        .as("a long box before it")
        .contains(Duration.ofMinutes(90));
    assertThat(of(FTYP, "00000001 6D6F6F76 0000000000000030", movie("005265C0")))
        .as("a long box around it")
        .contains(Duration.ofMinutes(90));
    assertThat(of(FTYP, "00000000", box("moov", movie("005265C0")).substring(8)))
        .as("to the end of the file")
        .contains(Duration.ofMinutes(90));
  }

  @ParameterizedTest
  @CsvSource({"00000000, 00000000 005265C0", "FFFFFFFF, 01000000 00000000005265C0"})
  void of_fragmentedMp4_isThatOfAllFragments(String duration, String fragments) {
    String extended = box("mvex", box("mehd", fragments));
    assertThat(of(FTYP, box("moov", movie(duration), extended))).contains(Duration.ofMinutes(90));
  }

  @Test
  void of_fragmentedMp4ThatDoesNotSay_isEmpty() {
    String unknown = "FFFFFFFFFFFFFFFF";
    String longMovie = box("mvhd", "01000000", "00".repeat(16), "000003E8", unknown);
    assertThat(of(FTYP, box("moov", longMovie))).isEmpty();
    String extended = box("mvex", box("mehd", "00000000 005265C0"));
    assertThat(of(FTYP, box("moov", longMovie, extended))).contains(Duration.ofMinutes(90));
    assertThat(of(FTYP, box("moov", longMovie, box("mvex", box("mehd", "01000000", unknown)))))
        .isEmpty();
  }

  /** The bytes after each box would form a time if they were taken as part of it. */
  @Test
  void of_boxTooShortForWhatItSays_isEmpty() {
    String short0 = box("mvhd", "00000000 00000000 00000000 000003E8");
    assertThat(of(FTYP, box("moov", short0, box("free", "00".repeat(40))))).isEmpty();
    assertThat(of(FTYP, box("moov", short0), "005265C0")).isEmpty();
    String short1 = box("mvhd", "01000000", "00".repeat(16), "000003E8 00000000");
    assertThat(of(FTYP, box("moov", short1), "005265C0")).isEmpty();
    String extended = box("mvex", box("mehd", "00000000"));
    assertThat(of(FTYP, box("moov", movie("00000000"), extended), "005265C0")).isEmpty();
  }

  @Test
  void of_boxLongerThanItsParent_endsWithIt() {
    String longer = "7FFFFFFF" + movie("005265C0").substring(8);
    assertThat(of(FTYP, box("moov", longer))).contains(Duration.ofMinutes(90));
    assertThat(of(FTYP, box("moov", "7FFFFFFF 66726565"), movie("005265C0"))).isEmpty();
    assertThat(of(FTYP, "00000008 6D6F6F76", movie("005265C0")))
        .as("the movie stands behind its parent")
        .isEmpty();
  }

  /** The bytes that follow would form a time if the boxes were taken to be longer. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "00000002 6D6F6F76",
        "00000007 6D6F6F76",
        "00000001 6D6F6F76 0000000000000000",
        "00000001 6D6F6F76 000000000000000F",
        "00000001 6D6F6F76 FFFFFFFFFFFFFFF0"
      })
  void of_boxSmallerThanItsHeader_isEmpty(String box) {
    assertThat(of(FTYP, box, movie("005265C0"), box("moov", movie("005265C0")))).isEmpty();
  }

  /** A known time is not lost if the next header is cut off. */
  @Test
  void of_cutInTheHeaderBehindTheMovie_isKnown() {
    String index = box("moov", movie("005265C0"));
    assertThat(of(FTYP, index, "00000001 6D646174 0000")).contains(Duration.ofMinutes(90));
  }

  @ParameterizedTest
  @CsvSource({"000003E7, ", "000003E8, PT1S", "05265C00, PT24H", "05265C01, "})
  void of_timeThatCannotBeTrue_isEmpty(String duration, Duration right) {
    assertThat(of(FTYP, box("moov", movie(duration)))).isEqualTo(Optional.ofNullable(right));
  }

  @Test
  void of_buffer_isReadFromPositionToLimitAndLeftAsItWas() {
    ByteBuffer head = bytes("FFFF" + FTYP + box("moov", movie("005265C0")) + "FFFF");
    ByteBuffer part = head.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    part.position(2).limit(head.limit() - 2);
    assertThat(PlayingTime.of(part)).contains(Duration.ofMinutes(90));
    assertThat(part.position()).isEqualTo(2);
    assertThat(part.limit()).isEqualTo(head.limit() - 2);
    assertThat(part.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
    assertThat(PlayingTime.of(part.limit(part.limit() - 1))).as("cut at the limit").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // The media data comes first.
        "00000010 66747970 69736F6D 00000200 0FFFFFFF 6D646174",
        "47400010 00000000 00000000 00000000"
      })
  void of_othersAndBroken_isEmpty(String hex) {
    assertThat(of(hex)).isEmpty();
  }

  @Test
  void elsewhere_picturesReachFurther_isBehindThem() {
    assertThat(elsewhere(FTYP, "0FFFFFFF 6D646174 0000")).hasValue(0x1000000FL);
    assertThat(elsewhere(FTYP, box("mdat", "00"), "00000001 6D646174 0000000100000000"))
        .hasValue(0x100000019L);
  }

  /** Open-ended, fully contained, other boxes, nested media data, cut off, too small, too large. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "00000000 6D646174 0000",
        "0000000A 6D646174 0000",
        "0FFFFFFF 66726565 0000",
        "0FFFFFFF 6D6F6F76 0FFFFFFF 6D646174",
        "0FFFFFFF 6D64",
        "00000001 6D646174 0000",
        "00000007 6D646174 0000",
        "00000001 6D646174 FFFFFFFFFFFFFFF0",
        "00000001 6D646174 7FFFFFFFFFFFFFFF"
      })
  void elsewhere_nothingPointsThere_isEmpty(String boxes) {
    assertThat(elsewhere(FTYP, boxes)).isEmpty();
  }

  /** Each box would be entered in turn, as deep as there are bytes. */
  @Test
  void of_boxesInBoxes_endsWell() {
    StringBuilder nested = new StringBuilder(FTYP);
    for (int i = 0; i < 8000; i++) {
      nested.append("00000000 6D6F6F76");
    }
    assertThat(of(nested.toString())).isEmpty();
  }

  private static String stream(String type, String scale, String rate, String length) {
    String before = "4C495354 E0100000 7374726C 73747268 38000000";
    return String.join(
        "", before, type, "00".repeat(16), scale, rate, "00000000", length, "00".repeat(20));
  }

  @Test
  void of_avi_isFramesTimesTheirTime() {
    String junk = stream("76696473", "01000000", "19000000", "A0860100").replace("7374", "4A55");
    assertThat(of(AVI, FRAMES, junk))
        .as("no stream in the usual place")
        .contains(Duration.ofMinutes(90));
    assertThat(of(AVI, FRAMES, stream("61756473", "01000000", "80BB0000", "00000F00")))
        .as("the first stream is the sound")
        .contains(Duration.ofMinutes(90));
    assertThat(of(AVI, FRAMES, stream("76696473", "01000000", "00000000", "C0740400")))
        .as("the stream does not say it")
        .contains(Duration.ofMinutes(90));
    assertThat(of(AVI, FRAMES, stream("76696473", "01000000", "19000000", "00000000")))
        .as("nor here")
        .contains(Duration.ofMinutes(90));
  }

  /** The AVI header counts the frames of the first part, the stream header those of all parts. */
  @Test
  void of_aviInParts_isThatOfItsPictures() {
    String pictures = stream("76696473", "E9030000", "C05D0000", "80D20300");
    assertThat(of(AVI, FRAMES, pictures).orElseThrow())
        .as("250,496 frames at 24000 / 1001")
        .isCloseTo(Duration.ofMillis(10_447_771), Duration.ofMillis(1));
  }

  @Test
  void of_aviOfTwoPartsFromATool_isAllOfIt() {
    String head =
        "52494646ACF00E40415649204C495354CA2200006864726C"
            + "6176696838000000C2A20000807EFA010000000010090000"
            + "0A03000000000000020000000000100000050000D0020000"
            + "000000000000000000000000000000004C495354E0100000"
            + "7374726C7374726838000000766964734934323000000000"
            + "000000000000000001000000180000000000000061030000";
    assertThat(of(head).orElseThrow()).isCloseTo(Duration.ofSeconds(36), Duration.ofMillis(50));
  }

  @Test
  void of_riffThatIsNoAvi_isEmpty() {
    assertThat(of(AVI.replace("41564920", "57415645"), FRAMES, "00".repeat(60))).isEmpty();
    assertThat(of(AVI.replace("61766968", "4A554E4B"), FRAMES, "00".repeat(60))).isEmpty();
  }

  @Test
  void of_headCutAnywhere_isRightOrEmpty() {
    List<String> heads =
        List.of(
            EBML + UNKNOWN_SIZE_SEGMENT + VOID + info(DURATION, "2AD7B1 83 0F4240"),
            FTYP + box("moov", movie("00000000"), box("mvex", box("mehd", "00000000 005265C0"))),
            FTYP + box("moov", box("mvhd", "01000000", "00".repeat(16), "0000000A", LONG_TICKS)),
            FTYP + "00000001 66726565 0000000000000010" + box("moov", movie("005265C0")),
            AVI + FRAMES + stream("76696473", "01000000", "19000000", "A0860100"));
    for (String head : heads) {
      ByteBuffer whole = bytes(head);
      Optional<Duration> right = PlayingTime.of(whole);
      assertThat(right).isPresent();
      for (int length = 0; length < whole.limit(); length++) {
        Optional<Duration> cut = PlayingTime.of(whole.duplicate().limit(length));
        assertThat(cut.isEmpty() || cut.equals(right)).as("%d bytes of %s", length, head).isTrue();
      }
      assertThat(whole.position()).isZero();
    }
  }
}
