package streamcache.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamcache.link.KeyRing;
import streamcache.link.Links;

final class StrmFilterTest {

  @ParameterizedTest
  @CsvSource({
    "'', '', true",
    "h.example, '', true",
    "H.Example, '', true",
    "*.example, '', true",
    "h.example:8000, '', true",
    "h.example:8001, '', false",
    "example, '', false",
    "h.example/movie/*, '', true",
    "h.example/Movie/*, '', false",
    "/movie/*, '', true",
    "/series/*, '', false",
    "/series/* other.example /movie/*, '', true",
    "'', h.example, false",
    "'', /series/*, true",
    "h.example, *.mkv/x h.example/*.mkv, false",
  })
  void selects_patterns_fitHostPortAndPath(String match, String exclude, boolean selects)
      throws Exception {
    StrmFilter filter = new StrmFilter(patterns(match), patterns(exclude));
    var link = new Links(KeyRing.empty()).of("http://h.example:8000/movie/u/p/1.mkv?t=1");
    assertThat(filter.selects(link)).isEqualTo(selects);
  }

  private static List<String> patterns(String written) {
    return Arrays.stream(written.split(" ")).filter(each -> !each.isEmpty()).toList();
  }
}
