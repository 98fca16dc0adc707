package streamcache.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The lines that log collectors read. */
final class JsonLinesTest {

  private final LoggerContext context = new LoggerContext();
  private final JsonLines lines = new JsonLines(ZoneOffset.ofHours(2));
  private final LoggingEvent event = new LoggingEvent();

  JsonLinesTest() {
    event.setLoggerContext(context);
    event.setLoggerName("access");
    event.setLevel(Level.INFO);
    event.setMessage("playback");
    event.setInstant(Instant.parse("2026-01-02T03:04:05.007Z"));
  }

  private String text() {
    StringBuilder line = new StringBuilder();
    lines.append(event, line);
    return line.toString();
  }

  private void add(String key, @Nullable Object value) {
    event.addKeyValuePair(new KeyValuePair(key, value));
  }

  @Test
  void append_event_isOneFlatObjectOnALine() {
    add("title", "Größe.mkv");
    add("bytes", 12L);
    add("secure", true);
    add("status", null);

    assertThat(text())
        .isEqualTo(
            "{\"time\":\"2026-01-02T05:04:05.007+02:00\",\"level\":\"INFO\",\"logger\":\"access\","
                + "\"message\":\"playback\",\"title\":\"Größe.mkv\",\"bytes\":12,\"secure\":true,"
                + "\"status\":null}\n");
  }

  @Test
  void append_valueWithQuotesAndLineEnds_isReadBackAsItWas() {
    String title = "a\" \\ \r\n\t\u0000 \u2028 ü 🎬 \",\"level\":\"ERROR";
    add("title", title);

    assertThat(text()).hasLineCount(1);
    JsonNode read = JsonMapper.shared().readTree(text());
    assertThat(read.get("title").asString()).isEqualTo(title);
    assertThat(read.get("level").asString()).isEqualTo("INFO");
  }

  @Test
  void append_exception_isAFieldOfTheSameLine() {
    event.setThrowableProxy(new ThrowableProxy(new IllegalStateException("a \"bug\"")));

    assertThat(text()).hasLineCount(1);
    assertThat(JsonMapper.shared().readTree(text()).get("stack").asString())
        .startsWith("java.lang.IllegalStateException: a \"bug\"")
        .contains("at streamcache.cli.JsonLinesTest");
  }
}
