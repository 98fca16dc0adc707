package streamcache.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BitWriterTest {

  /** H.264 table 9-2, and the longest skip run of a slice in the clip. */
  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "1, 010",
    "2, 011",
    "3, 00100",
    "4, 00101",
    "6, 00111",
    "7, 0001000",
    "25, 000011010",
    "3600, 00000000000111000010001"
  })
  void unsigned_value_isItsCode(int value, String code) {
    assertThat(text(new BitWriter(1).unsigned(value), code.length())).isEqualTo(code);
  }

  /** H.264 table 9-3. */
  @ParameterizedTest
  @CsvSource({"0, 1", "1, 010", "-1, 011", "2, 00100", "-2, 00101", "3, 00110", "-3, 00111"})
  void signed_value_isItsCode(int value, String code) {
    assertThat(text(new BitWriter(1).signed(value), code.length())).isEqualTo(code);
  }

  @Test
  void bits_moreThanAByte_comeHighestFirst() {
    assertThat(text(new BitWriter(1).bits(0b1, 1).bits(0x1234, 13).bits(-1, 2), 16))
        .isEqualTo("1" + "1001000110100" + "11");
    assertThat(new BitWriter(1).bits(0x89abcdef, 32).toBytes())
        .containsExactly(0x89, 0xab, 0xcd, 0xef);
  }

  @Test
  void stop_anywhere_isAOneAndZeros() {
    assertThat(new BitWriter(1).stop().toBytes()).containsExactly(0x80);
    assertThat(new BitWriter(1).bits(0, 7).stop().toBytes()).containsExactly(0x01);
    assertThat(new BitWriter(1).bits(0, 8).stop().toBytes()).containsExactly(0x00, 0x80);
  }

  @Test
  void bytes_onlyBetweenWholeBytes() {
    BitWriter out = new BitWriter(1).bits(0b101, 3);
    byte[] source = {1, 2, 3, 4};
    assertThatThrownBy(() -> out.bytes(source, 0, 4)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(out::toBytes).isInstanceOf(IllegalStateException.class);
    assertThat(out.align().bytes(source, 1, 2).toBytes()).containsExactly(0xa0, 2, 3);
  }

  private static String text(BitWriter out, int length) {
    String bits = new BigInteger(1, out.align().toBytes()).toString(2);
    int whole = (length + 7) / 8 * 8;
    return "0".repeat(whole - bits.length()).concat(bits).substring(0, length);
  }
}
