package streamcache.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each dialect of the line before a URL. */
final class ExtInfTest {

  private record Example(String line, Map<String, String> attributes, String name) {}

  static List<Example> dialects() {
    return List.of(
        new Example("#EXTINF:-1,Name", Map.of(), "Name"),
        new Example("#EXTINF:-1 , Name, the second ", Map.of(), "Name, the second"),
        new Example("#EXTINF:-1 a=\"x, y\" b='p=q|r',N", Map.of("a", "x, y", "b", "p=q|r"), "N"),
        new Example("#EXTINF:-1 a=\"\" b='' c=,N", Map.of("a", "", "b", "", "c", ""), "N"),
        new Example("#EXTINF:0 a=one two b=3,N", Map.of("a", "one two", "b", "3"), "N"),
        new Example("#EXTINF:0 u=http://h/?x=1&y=2,N", Map.of("u", "http://h/?x=1&y=2"), "N"),
        new Example("#EXTINF:0 a=\"it's\",N", Map.of("a", "it's"), "N"),
        new Example("#EXTINF:0 a='say \"hi\"',N", Map.of("a", "say \"hi\""), "N"),
        new Example("#EXTINF:0 a=\"The \"Best\", b\",N", Map.of("a", "The \"Best"), "b\",N"),
        new Example("#EXTINF:0 a=\"1\"b=\"2\",N", Map.of("a", "1", "b", "2"), "N"),
        new Example("#EXTINF:0;a=\"1\";b=\"2\",N", Map.of("a", "1", "b", "2"), "N"),
        new Example("#EXTINF:0 TVG-ID=\"1\" tvg-id=\"2\",N", Map.of("tvg-id", "1"), "N"),
        new Example("#EXTINF:0 a=\"open,N", Map.of("a", "open"), "N"),
        new Example("#EXTINF:0 a=\"1\"", Map.of("a", "1"), ""),
        new Example("#EXTINF:", Map.of(), ""),
        new Example("#EXTINF:0 live,N", Map.of(), "N"));
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void parse_anyDialect_hasAttributesAndName(Example example) {
    ExtInf line = ExtInf.parse(example.line());

    assertThat(line.attributes()).isEqualTo(example.attributes());
    assertThat(line.name()).isEqualTo(example.name());
  }

  @Test
  void parse_playingTime_isInSeconds() {
    assertThat(ExtInf.parse("#EXTINF:5400,N").seconds()).isEqualTo(5400);
    assertThat(ExtInf.parse("#EXTINF: 12.5 a=\"1\",N").seconds()).isEqualTo(12.5);
    assertThat(ExtInf.parse("#EXTINF:-1,N").seconds()).isEqualTo(-1);
    assertThat(ExtInf.parse("#EXTINF:,N").seconds()).isEqualTo(-1);
  }
}
