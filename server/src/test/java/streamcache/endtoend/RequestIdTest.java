package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import streamcache.testkit.Answer;
import streamcache.testkit.Content;
import streamcache.testkit.Script;
import streamcache.testkit.Waiting;
import tools.jackson.databind.JsonNode;

/** One id leads from what a person reads to the lines of the log and to the timeline. */
final class RequestIdTest {

  private static final Content FILM = Content.of(91, 700_000);

  /** What a test waits for. */
  private interface Claim {
    boolean holds() throws IOException;
  }

  private final Logger access = (Logger) LoggerFactory.getLogger("access");
  private final Logger fill = (Logger) LoggerFactory.getLogger("fill");
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private @Nullable Level before;

  @BeforeEach
  void listen() {
    before = access.getLevel();
    log.start();
    for (Logger logger : List.of(access, fill)) {
      logger.setLevel(Level.DEBUG);
      logger.addAppender(log);
    }
  }

  @AfterEach
  void leave() {
    for (Logger logger : List.of(access, fill)) {
      logger.detachAppender(log);
      logger.setLevel(before);
    }
  }

  private void awaitLine(String event, String text) throws IOException {
    await(
        () ->
            List.copyOf(log.list).stream()
                .filter(line -> line.getMessage().equals(event))
                .anyMatch(line -> String.valueOf(line.getKeyValuePairs()).contains(text)),
        "line " + event + " with " + text);
  }

  /** The log and the timeline are written after the response, by other threads. */
  private static void await(Claim claim, String what) throws IOException {
    long end = System.nanoTime() + Waiting.LIMIT.toNanos();
    while (!claim.holds()) {
      assertThat(System.nanoTime() - end).as("no %s", what).isNegative();
    }
  }

  private static List<JsonNode> timeline(Rig rig, String event) throws IOException {
    JsonNode entries = ApiClient.json(ApiClient.of(rig).get("/api/v1/timeline")).path("entries");
    return StreamSupport.stream(entries.spliterator(), false)
        .filter(entry -> entry.path("event").asString().equals(event))
        .toList();
  }

  private static void awaitTimeline(Rig rig, String event, String id) throws IOException {
    await(
        () ->
            timeline(rig, event).stream()
                .anyMatch(entry -> entry.path("request").asString("").equals(id)),
        "entry " + event + " of " + id);
  }

  @Test
  void play_itsId_isInTheLogAndInTheTimelineOfItsConnection() throws Exception {
    try (Rig rig = Rig.start().serve("/film.mkv", Script.of(FILM))) {
      Answer answer = rig.get("/film.mkv");
      answer.check(FILM, 0, FILM.length());
      String id = answer.header("X-Request-Id").orElseThrow();

      awaitLine("playback", "request=\"" + id + "\"");
      awaitLine("connection-opened", "request=\"" + id + "\"");
      awaitLine("connection-closed", "request=\"" + id + "\"");
      awaitTimeline(rig, "connection-opened", id);
      awaitTimeline(rig, "connection-closed", id);
      awaitTimeline(rig, "request", id);

      assertThat(rig.origin().requests()).hasSize(1);
    }
  }

  @Test
  void failure_itsId_isInTheLogTheErrorAndTheTimeline() throws Exception {
    try (Rig rig = Rig.start().serve("/gone.mkv", Script.status(404))) {
      Answer answer = rig.get("/gone.mkv", "Accept: application/json");
      String id = answer.header("X-Request-Id").orElseThrow();

      assertThat(ApiClient.json(answer).path("instance").asString())
          .isEqualTo("urn:streamcache:request:" + id);
      awaitLine("playback", "request=\"" + id + "\"");
      awaitLine("connection-closed", "request=\"" + id + "\"");
      awaitTimeline(rig, "connection-refused", id);
      awaitTimeline(rig, "request", id);
      assertThat(rig.origin().requests()).hasSize(1);
    }
  }

  @Test
  void idOfTheClient_shortAndPlain_standsBesideOurs() throws Exception {
    try (Rig rig = Rig.start().serve("/film.mkv", Script.of(FILM))) {
      Answer answer = rig.get("/film.mkv", "X-Request-Id: proxy-7.a_B");

      assertThat(answer.header("X-Request-Id").orElseThrow()).matches("[0-9a-z]{12}");
      awaitLine("playback", "client_request=\"proxy-7.a_B\"");
      assertThat(rig.origin().requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        "x\" ended=\"done",
        "http://user:word@host/",
        "0123456789012345678901234567890123456789012345678901234567890123456789"
      })
  void idOfTheClient_anythingElse_isNotLogged(String sent) throws Exception {
    try (Rig rig = Rig.start().serve("/film.mkv", Script.of(FILM))) {
      Answer answer = rig.get("/film.mkv", "X-Request-Id: " + sent);

      awaitLine("playback", answer.header("X-Request-Id").orElseThrow());
      assertThat(List.copyOf(log.list))
          .noneMatch(line -> String.valueOf(line.getKeyValuePairs()).contains("client_request"));
      assertThat(rig.origin().requests()).hasSize(1);
    }
  }
}
