package streamcache.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import streamcache.origin.Failure;

final class CauseTest {

  private static final OptionalInt NONE = OptionalInt.empty();

  @Test
  void of_everyFailure_hasTheStatusOfTheContract() {
    assertThat(Cause.of(new Failure.Gone(OptionalInt.of(404), "")).status()).isEqualTo(404);
    assertThat(Cause.of(new Failure.Gone(OptionalInt.of(410), "")).status()).isEqualTo(410);
    assertThat(Cause.of(new Failure.Denied(OptionalInt.of(401), "")).status()).isEqualTo(502);
    assertThat(Cause.of(new Failure.Limit(NONE, "", Optional.empty())).status()).isEqualTo(503);
    assertThat(Cause.of(new Failure.Busy(NONE, "", Optional.empty())).status()).isEqualTo(503);
    assertThat(Cause.of(new Failure.Broken(NONE, "")).status()).isEqualTo(502);
    assertThat(Cause.of(new Failure.Unreachable(NONE, "")).status()).isEqualTo(502);
    assertThat(Cause.of(new Failure.Unverified(NONE)).status()).isEqualTo(502);
    assertThat(Cause.of(new Failure.Slow(NONE, "")).status()).isEqualTo(504);
    assertThat(Cause.of(new Failure.Fake(NONE, "")).status()).isEqualTo(502);
    assertThat(Cause.of(new Failure.Forbidden(NONE, "")).status()).isEqualTo(403);
    assertThat(Cause.of(new Failure.Changed(NONE, "")).status()).isEqualTo(502);
  }

  @Test
  void of_limit_passesOnWhenToComeBack() {
    Failure limit = new Failure.Limit(NONE, "", Optional.of(Duration.ofSeconds(90)));
    assertThat(Cause.of(limit).retryAfter()).contains(Duration.ofSeconds(90));
  }

  @Test
  void of_everyFailure_hasALabelOfItsOwn() {
    List<Failure> all =
        List.of(
            new Failure.Gone(NONE, ""),
            new Failure.Denied(NONE, ""),
            new Failure.Limit(NONE, "", Optional.empty()),
            new Failure.Busy(NONE, "", Optional.empty()),
            new Failure.Broken(NONE, ""),
            new Failure.Unreachable(NONE, ""),
            new Failure.Unverified(NONE),
            new Failure.Slow(NONE, ""),
            new Failure.Fake(NONE, ""),
            new Failure.Forbidden(NONE, ""),
            new Failure.Changed(NONE, ""));
    assertThat(all.stream().map(failure -> Cause.of(failure).label())).doesNotHaveDuplicates();
  }
}
