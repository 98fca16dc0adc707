package streamcache.library;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.CharacterCodingException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StrmTextTest {

  private static final String MARK = "\uFEFF";

  static Stream<String> around() {
    return Stream.of(
        "@",
        "@\n",
        "@\r\n",
        "@\r",
        MARK + "@\n",
        "\n\n  @\t \n",
        "#KODIPROP:inputstream=x\n@\n",
        MARK + "#EXTINF:-1,One\r\n\r\n  # a comment\r\n@\r\nhttp://second/\r\n",
        "\u2003@\u3000\nrest \u0000 \u00e9");
  }

  @ParameterizedTest
  @MethodSource("around")
  void parse_lineThatPlayersOpen_isFoundAndAllElseKept(String around) throws Exception {
    byte[] content = around.replace("@", "http://h/é x").getBytes(UTF_8);
    StrmText text = StrmText.parse(content).orElseThrow();
    assertThat(text.target()).isEqualTo("http://h/é x".strip());
    assertThat(new String(text.with("NEW"), UTF_8)).isEqualTo(around.replace("@", "NEW"));
    assertThat(text.with(text.target())).isEqualTo(content);
    assertThat(text.toString()).doesNotContain("http");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \r\n\t\n", "\uFEFF", "#only\n # comments", "\uFEFF#x"})
  void parse_nothingToPlay_isEmpty(String content) throws Exception {
    assertThat(StrmText.parse(content.getBytes(UTF_8))).isEmpty();
  }

  /** Decoding and encoding it again would change its bytes. */
  @Test
  void parse_notUtf8_isRefused() {
    assertThatThrownBy(() -> StrmText.parse("http://h/é".getBytes(ISO_8859_1)))
        .isInstanceOf(CharacterCodingException.class);
  }
}
