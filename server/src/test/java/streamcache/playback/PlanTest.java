package streamcache.playback;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import streamcache.range.ByteRange;

final class PlanTest {

  private static final Resource FILM =
      new Resource("\"e\"", Optional.empty(), OptionalLong.of(1000), Long.MAX_VALUE);
  private static final Resource GROWING =
      new Resource("\"e\"", Optional.empty(), OptionalLong.empty(), Long.MAX_VALUE);

  private static Request request(String method, String... fields) {
    Headers headers = new Headers();
    for (int i = 0; i < fields.length; i += 2) {
      headers.add(fields[i], fields[i + 1]);
    }
    return new Request(
        "id", method, "/u/x", headers, /* http11= */ true, InetAddress.getLoopbackAddress());
  }

  private static Plan get(Resource resource, String... fields) {
    return Plan.of(request("GET", fields), resource);
  }

  @Test
  void of_noRange_isWhole() {
    assertThat(get(FILM)).isEqualTo(new Plan.Whole());
  }

  @Test
  void of_openRangeFromZero_isPart() {
    assertThat(get(FILM, "Range", "bytes=0-")).isEqualTo(new Plan.Part(new ByteRange(0, 1000)));
  }

  @Test
  void of_rangeAtTheEnd_isUnsatisfiable() {
    assertThat(get(FILM, "Range", "bytes=1000-")).isEqualTo(new Plan.Unsatisfiable(1000));
  }

  @Test
  void of_rangeOnHead_isIgnored() {
    assertThat(Plan.of(request("HEAD", "Range", "bytes=0-9"), FILM)).isEqualTo(new Plan.Whole());
  }

  @Test
  void of_failedIfRange_isWhole() {
    assertThat(get(FILM, "Range", "bytes=0-9", "If-Range", "\"old\"")).isEqualTo(new Plan.Whole());
  }

  @Test
  void of_preconditionFails_comesBeforeRange() {
    assertThat(get(FILM, "Range", "bytes=1000-", "If-Match", "\"old\""))
        .isEqualTo(new Plan.PreconditionFailed());
  }

  @Test
  void of_unknownLength_answersWhatGrows() {
    assertThat(get(GROWING, "Range", "bytes=0-")).isEqualTo(new Plan.Whole());
    assertThat(get(GROWING, "Range", "bytes=10-19")).isEqualTo(new Plan.Growing(10, 20));
    assertThat(get(GROWING, "Range", "bytes=10-")).isEqualTo(new Plan.Growing(10, Long.MAX_VALUE));
    assertThat(get(GROWING, "Range", "bytes=-10")).isEqualTo(new Plan.Whole());
  }

  @Test
  void firstWish_beyondFourGibibytes_keepsTheOffset() {
    assertThat(Plan.firstWish(request("GET", "Range", "bytes=5000000000-5000000009")))
        .isEqualTo(new ByteRange(5_000_000_000L, 5_000_000_010L));
  }
}
