package streamcache.origin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import streamcache.settings.EgressSettings;
import streamcache.settings.RedirectPolicy;
import streamcache.testkit.Content;
import streamcache.testkit.Cut;
import streamcache.testkit.Gate;
import streamcache.testkit.RecordedRequest;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;

/** Short texts of providers: under the rules of films, never longer or later than allowed. */
final class PagesTest {

  private static final Duration GENEROUS = Duration.ofSeconds(10);
  private static final String JSON = "{\"info\":{}}";

  private final ScriptedOrigin panel = ScriptedOrigin.start();
  private HttpOrigin origin = Fetches.origin();

  @AfterEach
  void close() {
    origin.close();
    panel.close();
  }

  @Test
  void read_isTheWholeText_andAsksForNoStretch() throws OriginException {
    panel.serve("/hop", Script.redirect("/api.php?a=b"));
    panel.serve("/api.php", Script.status(200, "application/json", JSON));
    assertThat(new String(read("/hop?x=y", 100), UTF_8)).isEqualTo(JSON);
    RecordedRequest asked = panel.requests("/api.php").getFirst();
    assertThat(asked.target()).isEqualTo("/api.php?a=b");
    assertThat(asked.range()).isEmpty();
    panel.awaitConnections(0);
  }

  @Test
  void read_longerThanWanted_isBroken() {
    panel.serve("/api.php", Script.of(Content.of(3, 101)));
    assertThat(failure("/api.php", 100, GENEROUS)).isInstanceOf(Failure.Broken.class);
    panel.awaitConnections(0);
  }

  @Test
  void read_statusThatIsNone_isItsFailure() {
    panel.serve("/api.php", Script.status(403));
    assertThat(failure("/api.php", 100, GENEROUS)).isInstanceOf(Failure.Denied.class);
  }

  @Test
  void read_neverAnswered_isSlow() {
    panel.serve("/api.php", Script.status(200).headGate(new Gate()));
    assertSlowSoon();
  }

  @Test
  void read_endNeverComes_isSlow() {
    panel.serve("/api.php", Script.of(Content.of(3, 90)).gate(50, new Gate()));
    assertSlowSoon();
  }

  /** Asserts a failure long before a silent read would time out. */
  private void assertSlowSoon() {
    long begun = System.nanoTime();
    assertThat(failure("/api.php", 100, Duration.ofMillis(200))).isInstanceOf(Failure.Slow.class);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(GENEROUS.dividedBy(2));
  }

  /** Such a request has no client that could be trusted with private networks. */
  @Test
  void read_isForOneWhoIsNotTrusted() throws OriginException {
    origin.close();
    List<Boolean> trusted = new ArrayList<>();
    origin =
        Fetches.origin(
            Fetches.PATIENT,
            (to, addresses) -> {
              trusted.add(to.isTrusted());
              return addresses;
            });
    panel.serve("/api.php", Script.status(200, "application/json", JSON));
    read("/api.php", 100);
    assertThat(trusted).containsExactly(false);
  }

  @Test
  void read_fromThisMachine_isForbidden() {
    origin.close();
    EgressSettings usual = new EgressSettings(List.of(), List.of(), List.of(), RedirectPolicy.ANY);
    origin = Fetches.origin(Fetches.PATIENT, new EgressPolicy(usual, () -> 0));
    assertThat(failure("/api.php", 100, GENEROUS))
        .isInstanceOfSatisfying(
            Failure.Forbidden.class,
            forbidden -> assertThat(forbidden.upstreamStatus()).isEqualTo(OptionalInt.empty()));
    assertThat(panel.requests()).isEmpty();
  }

  @Test
  void copy_isForTheOperator_whoIsTrusted() throws OriginException {
    origin.close();
    List<Boolean> trusted = new ArrayList<>();
    origin =
        Fetches.origin(
            Fetches.PATIENT,
            (to, addresses) -> {
              trusted.add(to.isTrusted());
              return addresses;
            });
    panel.serve("/api.php", Script.status(200, "application/json", JSON));
    assertThat(copied("/api.php")).isEqualTo(JSON);
    assertThat(trusted).containsExactly(true);
    panel.awaitConnections(0);
  }

  @Test
  void copy_cut_isBroken() {
    panel.serve("/api.php", Script.of(Content.of(3, 101)).cutAfter(50, Cut.FIN));
    assertThat(catchThrowableOfType(OriginException.class, () -> copied("/api.php")).failure())
        .isInstanceOf(Failure.Broken.class);
  }

  private String copied(String path) throws OriginException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    origin.pages().copy(Fetches.link(panel.url(path), Map.of()), bytes, new Call());
    return bytes.toString(UTF_8);
  }

  private byte[] read(String path, int most) throws OriginException {
    return origin.pages().read(Fetches.link(panel.url(path), Map.of()), most, GENEROUS, new Call());
  }

  private Failure failure(String path, int most, Duration within) {
    return catchThrowableOfType(
            OriginException.class,
            () ->
                origin
                    .pages()
                    .read(Fetches.link(panel.url(path), Map.of()), most, within, new Call()))
        .failure();
  }
}
