package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import streamcache.admin.ApiKeys;
import streamcache.admin.Role;
import streamcache.testkit.Answer;
import streamcache.testkit.Content;
import streamcache.testkit.Script;

/** The level of the log changes while the server runs. */
final class LogLevelTest {

  private static final String PATH = "/api/v1/log-level";
  private static final Content FILM = Content.of(92, 3_000_000);

  private final Logger access = (Logger) LoggerFactory.getLogger("access");
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private Rig rig;
  private ApiClient operator;

  @BeforeEach
  void start() throws IOException {
    log.list = new CopyOnWriteArrayList<>();
    log.start();
    access.addAppender(log);
    rig = Rig.start().serve("/film.mkv", Script.of(FILM));
    operator = ApiClient.of(rig);
  }

  @AfterEach
  void close() throws IOException {
    rig.close();
    access.detachAppender(log);
  }

  private Answer put(String body) throws IOException {
    return operator.send("PUT", PATH, body);
  }

  private long debugLines() {
    return log.list.stream().filter(line -> line.getLevel().equals(Level.DEBUG)).count();
  }

  @Test
  void put_debug_detailsAreLoggedFromThenOnOnly() throws IOException {
    rig.get("/film.mkv").check(FILM, 0, FILM.length());
    assertThat(debugLines()).isZero();

    assertThat(put("{\"level\":\"debug\"}").text()).contains("\"level\":\"debug\"");
    rig.get("/film.mkv").check(FILM, 0, FILM.length());
    rig.get("/film.mkv", "Range: bytes=0-9");
    // The line of a request may be written after its response has arrived.
    operator.await("/api/v1/status", _ -> debugLines() >= 2);

    assertThat(put("{\"level\":\"warn\"}").status()).isEqualTo(200);
    operator.awaitStatus("/api/v1/status", 200);
    long before = debugLines();
    rig.get("/film.mkv").check(FILM, 0, FILM.length());
    assertThat(debugLines()).isLessThanOrEqualTo(before);
    assertThat(rig.origin().requests()).hasSize(1);
  }

  @Test
  void put_forATime_theConfiguredLevelReturns() throws IOException {
    String configured = ApiClient.json(operator.get(PATH)).path("configured").asString();

    Answer changed = put("{\"level\":\"debug\",\"forSeconds\":1}");

    assertThat(changed.text()).contains("\"level\":\"debug\"", "restSeconds");
    operator.await(PATH, answer -> answer.text().contains("\"level\":\"" + configured + "\""));
    assertThat(operator.get(PATH).text()).doesNotContain("restSeconds");
    assertThat(rig.origin().requests()).isEmpty();
  }

  /** The end of the first change must not end the second. */
  @Test
  void put_again_theLastOneHolds() throws IOException {
    assertThat(put("{\"level\":\"error\",\"forSeconds\":1}").status()).isEqualTo(200);
    Answer second = put("{\"level\":\"debug\",\"forSeconds\":2}");
    assertThat(second.text()).contains("\"level\":\"debug\"");

    operator.await(PATH, answer -> !answer.text().contains("\"restSeconds\":1"));

    assertThat(operator.get(PATH).text()).contains("\"level\":\"debug\"");
    assertThat(rig.origin().requests()).isEmpty();
  }

  @Test
  void put_keyThatMayOnlyRead_isRefusedAndChangesNothing() throws IOException {
    ApiKeys keys = new ApiKeys(rig.cache().resolveSibling("config"), InstantSource.system());
    ApiClient reader = operator.as(keys.add("reader", Role.READ));
    String before = reader.get(PATH).text();

    Answer refused = reader.send("PUT", PATH, "{\"level\":\"debug\"}");

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.text()).contains("needs the role operate");
    assertThat(reader.get(PATH).text()).isEqualTo(before);
    assertThat(rig.origin().requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"level\":\"trace\"}",
        "{\"level\":7}",
        "{\"level\":\"debug\",\"forSeconds\":0}",
        "{\"level\":\"debug\",\"forSeconds\":604801}",
        "{\"level\":\"debug\",\"forSeconds\":\"1\"}",
        "{\"level\":\"debug\",\"x\":1}"
      })
  void put_anythingElse_isRefusedAndChangesNothing(String body) throws IOException {
    String before = operator.get(PATH).text();

    assertThat(put(body).status()).isEqualTo(400);

    assertThat(operator.get(PATH).text()).isEqualTo(before);
    assertThat(rig.origin().requests()).isEmpty();
  }
}
