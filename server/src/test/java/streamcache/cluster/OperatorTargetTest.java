package streamcache.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.playback.Headers;
import streamcache.playback.Request;

/** What is signed of an operator's request beside its method. */
final class OperatorTargetTest {

  private static final String BODY = "{\"isPinned\":true}";

  private static Request request(String target, String body) {
    return new Request(
        "id",
        "POST",
        target,
        new Headers(),
        /* http11= */ true,
        InetAddress.getLoopbackAddress(),
        body);
  }

  private static String written(boolean mayOperate) {
    return OperatorTarget.of(request("/api/v1/titles?limit=2", BODY), mayOperate).written();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void in_whatWasWritten_isWhatWasAsked(boolean mayOperate) {
    Optional<OperatorTarget> read = OperatorTarget.in(request(written(mayOperate), BODY));

    assertThat(read.map(OperatorTarget::target)).contains("/api/v1/titles?limit=2");
    assertThat(read.map(OperatorTarget::mayOperate)).contains(mayOperate);
  }

  /** The signature covers the target, so that a body of somebody else does not fit. */
  @Test
  void in_anotherBody_isEmpty() {
    assertThat(OperatorTarget.in(request(written(true), "{}"))).isEmpty();
    assertThat(OperatorTarget.in(request(written(true), ""))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/api/v1/titles", "/operator/operate/api/v1/titles", "/operator/admin/00/api/"})
  void in_whatNoNodeWrites_isEmpty(String target) {
    assertThat(OperatorTarget.in(request(target, BODY))).isEmpty();
  }

  @Test
  void in_noPathOfTheApi_isEmpty() {
    assertThat(OperatorTarget.in(request(written(true).replace("/api/", "/admin/"), BODY)))
        .isEmpty();
  }
}
