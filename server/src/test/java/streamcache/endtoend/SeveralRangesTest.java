package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.endtoend.Rig.MIB;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import streamcache.testkit.Answer;
import streamcache.testkit.Content;
import streamcache.testkit.Script;

/** One request for several ranges of a film that is not yet stored. */
final class SeveralRangesTest {

  private static final String FILM = "/movie/joe/secret/1.mkv";
  private static final Content CONTENT = Content.of(/* seed= */ 8, 6 * MIB);

  /** One connection, which would reach the second part after half a minute. */
  @Test
  void laterPartBehindAFarHole_isFetchedAsAPlayersNeed() throws IOException {
    int first = 100_000;
    int second = (int) (5 * MIB);
    String ranges = "%d-%d,%d-%d".formatted(first, first + 99, second, second + 99);
    try (Rig rig = Rig.start().serve(FILM, Script.of(CONTENT).pace(160_000))) {
      Answer answer = rig.get(FILM, "Range: bytes=" + ranges);
      assertThat(answer.status()).isEqualTo(206);
      assertThat(answer.endedCleanly()).isTrue();
      assertThat(answer.body()).containsSequence(CONTENT.bytes(second, 100));
      assertThat(rig.origin().requests(FILM)).hasSizeLessThanOrEqualTo(3);
      assertThat(rig.origin().bodyBytes(FILM)).isLessThan(3 * MIB);
    }
  }
}
