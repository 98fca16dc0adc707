package streamcache.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BackoffTest {

  @ParameterizedTest
  @CsvSource({"1, 30", "2, 60", "3, 120", "4, 240", "5, 300", "6, 300", "1000000, 300"})
  void after_doublesUpToTheMost(int failures, long seconds) {
    Backoff backoff = new Backoff(Duration.ofSeconds(30), Duration.ofMinutes(5));
    assertThat(backoff.after(failures)).isEqualTo(Duration.ofSeconds(seconds));
  }
}
