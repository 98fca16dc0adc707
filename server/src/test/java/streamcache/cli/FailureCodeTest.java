package streamcache.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.origin.Failure;

/** What a server tells a command about a failure arrives as it was. */
final class FailureCodeTest {

  private static final OptionalInt STATUS = OptionalInt.of(429);
  private static final Optional<Duration> WAIT = Optional.of(Duration.ofSeconds(37));

  @Test
  void read_whatWasWritten_isTheSameFailure() {
    for (Failure failure :
        List.of(
            new Failure.Gone(STATUS, "no such file"),
            new Failure.Denied(STATUS, "refused"),
            new Failure.Limit(STATUS, "too many", WAIT),
            new Failure.Limit(OptionalInt.empty(), "too many", Optional.empty()),
            new Failure.Occupied(STATUS, "others play"),
            new Failure.Busy(STATUS, "busy", WAIT),
            new Failure.Unreachable(OptionalInt.empty(), "no route"),
            new Failure.Slow(OptionalInt.empty(), "no answer in time"),
            new Failure.Forbidden(OptionalInt.empty(), "a host at 10.0.0.1:80 is private"),
            new Failure.Broken(OptionalInt.empty(), "status 500"))) {
      assertThat(FailureCode.read(FailureCode.of(failure))).isEqualTo(failure);
    }
  }

  @Test
  void of_detailWithALineEnd_isOneLineOfAscii() {
    assertThat(FailureCode.of(new Failure.Broken(STATUS, "a\r\nSet-Cookie: b \u00e9")))
        .matches("[ -~]+");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gone", "gone 404", "gone four - x"})
  void read_somethingElse_isBroken(String text) {
    assertThat(FailureCode.read(text)).isInstanceOf(Failure.Broken.class);
  }
}
