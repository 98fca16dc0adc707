package streamcache.fill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Heads made by hand, byte by byte; those of real films are in PlayingTimeIT. */
final class PlayingTimeTest {

  private static final String EBML = "1A45DFA3 84 4286 81 01";
  private static final String UNKNOWN_SIZE_SEGMENT = "18538067 01FFFFFFFFFFFFFF";
  private static final String VOID = "EC 83 000000";

  /** 5,400,000 ticks, of a millisecond where nothing else is said. */
  private static final String DURATION = "4489 84 4AA4CB80";

  private static final String FTYP = "00000010 66747970 69736F6D 00000200";
  private static final String AVI =
      "52494646 00000000 41564920 4C495354 00000000 6864726C 61766968 38000000";

  private static ByteBuffer bytes(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  private static Optional<Duration> of(String... hex) {
    return PlayingTime.of(bytes(String.join("", hex)));
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
    assertThat(of(EBML, "18538067 A0", info("4489 88 4140000000000000")))
        .as("eight bytes, a segment of known size")
        .contains(Duration.ofSeconds(2097, 152_000_000));
  }

  /** Infinite, not a number, below zero, none, a day and a half. */
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

  @Test
  void of_mp4_isThatOfTheMovie() {
    assertThat(of(FTYP, box("moov", box("free"), movie("005265C0"))))
        .contains(Duration.ofMinutes(90));
    String longMovie = box("mvhd", "01000000", "00".repeat(16), "0000000A", "000000000000D2F0");
    assertThat(of(FTYP, box("moov", longMovie))).contains(Duration.ofMinutes(90));
    assertThat(of(FTYP, "00000001 66726565 0000000000000010", box("moov", movie("005265C0"))))
        .as("a long box before it")
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        // The pictures come first.
        "00000010 66747970 69736F6D 00000200 0FFFFFFF 6D646174",
        // Smaller than its own header.
        "00000010 66747970 69736F6D 00000200 00000007 6D6F6F76",
        "00000010 66747970 69736F6D 00000200 00000001 6D6F6F76 FFFFFFFFFFFFFFFF",
        "47400010 00000000 00000000 00000000"
      })
  void of_othersAndBroken_isEmpty(String hex) {
    assertThat(of(hex)).isEmpty();
  }

  /** Each would be looked into in turn, as deep as there are bytes. */
  @Test
  void of_boxesInBoxes_endsWell() {
    StringBuilder nested = new StringBuilder(FTYP);
    for (int i = 0; i < 8000; i++) {
      nested.append("00000000 6D6F6F76");
    }
    assertThat(of(nested.toString())).isEmpty();
  }

  @Test
  void of_avi_isFramesTimesTheirTime() {
    String frames = "409C0000 00000000 00000000 00000000 580F0200";
    assertThat(of(AVI, frames)).contains(Duration.ofMinutes(90));
  }

  @Test
  void of_headCutAnywhere_isRightOrEmpty() {
    List<String> heads =
        List.of(
            EBML + UNKNOWN_SIZE_SEGMENT + VOID + info(DURATION, "2AD7B1 83 0F4240"),
            FTYP + box("moov", movie("00000000"), box("mvex", box("mehd", "00000000 005265C0"))),
            AVI + "409C0000 00000000 00000000 00000000 580F0200");
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

  @Test
  void of_anyBytes_neverThrows() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<ByteBuffer> heads =
        List.of(
            bytes(EBML + UNKNOWN_SIZE_SEGMENT + VOID + info(DURATION)),
            bytes(FTYP + box("moov", movie("005265C0"), box("mvex", box("mehd", "00000000")))),
            bytes(AVI + "409C0000 00000000 00000000 00000000 580F0200"));
    for (int round = 0; round < 20_000; round++) {
      byte[] head = heads.get(random.nextInt(heads.size())).array().clone();
      for (int change = random.nextInt(4); change >= 0; change--) {
        head[4 + random.nextInt(head.length - 4)] = (byte) random.nextInt();
      }
      assertThat(PlayingTime.of(ByteBuffer.wrap(head))).as("seed %d", seed).isNotNull();
    }
  }
}
