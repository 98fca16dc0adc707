package streamcache.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import streamcache.origin.Failure;

/** What is said of a playlist that cannot be fetched. */
final class PlaylistFailureTest {

  static Stream<Failure> failures() {
    OptionalInt status = OptionalInt.of(499);
    return Stream.of(
        new Failure.Gone(status, "x"),
        new Failure.Denied(status, "x"),
        new Failure.Limit(status, "x", Optional.empty()),
        new Failure.Busy(status, "x", Optional.empty()),
        new Failure.Broken(status, "x"),
        new Failure.Unreachable(OptionalInt.empty(), "x"),
        new Failure.Unverified(OptionalInt.empty()),
        new Failure.Slow(OptionalInt.empty(), "x"),
        new Failure.Fake(status, "x"),
        new Failure.Forbidden(OptionalInt.empty(), "x"));
  }

  /** Failures are worded for players elsewhere. */
  @ParameterizedTest
  @MethodSource("failures")
  void words_ofAnyFailure_speakOfNoTitle(Failure failure) {
    assertThat(PlaylistFailure.words(failure))
        .endsWith(".")
        .doesNotContain("title", "film", "playback");
  }
}
