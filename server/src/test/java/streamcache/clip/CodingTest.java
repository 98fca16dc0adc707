package streamcache.clip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The small syntax elements of the streams, against the tables of their standards. */
final class CodingTest {

  /** H.264 table 9-5, first row. */
  @ParameterizedTest
  @CsvSource({"0, 80", "1, 80", "2, c0", "3, c0", "4, f0", "7, f0", "8, 0c", "16, 0c"})
  void coefficientToken_none_isCodedByTheNeighbours(int around, String bits) {
    BitWriter out = new BitWriter(1);
    CoefficientToken.none(out, around);
    assertThat(hex(out.align().toBytes())).isEqualTo(bits);
  }

  @ParameterizedTest
  @CsvSource({
    "010203, 010203",
    "000000, 00000300",
    "000001, 00000301",
    "000003, 00000303",
    "000004, 000004",
    "0000000000, 00000300000300",
    "ff0000, ff0000"
  })
  void nalUnit_zeros_areBroken(String payload, String wrapped) {
    byte[] unit = NalUnit.wrap(0x65, HexFormat.of().parseHex(payload));
    assertThat(hex(unit)).isEqualTo("65" + wrapped);
  }

  /** The frame every encoder writes for silence, apart from its gain, as ADTS tools write it. */
  @Test
  void silentFrame_isSixBytes() {
    assertThat(hex(SilentFrame.encode())).isEqualTo("21100460" + "8c1c");
    assertThat(hex(SilentFrame.configuration())).isEqualTo("1190");
  }

  @Test
  void skippedFrames_ofABlock_areAllOfOneSize() {
    for (int frame = 1; frame < Block.FRAMES; frame++) {
      assertThat(SkippedFrame.encode(frame)).hasSize(7);
    }
    assertThat(SkippedFrame.encode(17)).isEqualTo(SkippedFrame.encode(1));
    assertThat(SkippedFrame.encode(2)).isNotEqualTo(SkippedFrame.encode(1));
  }

  @Test
  void parameterSets_beginWithProfileAndLevel() {
    assertThat(hex(ParameterSets.sequence())).startsWith("6742c01f");
    assertThat(hex(ParameterSets.picture())).startsWith("68ce");
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
