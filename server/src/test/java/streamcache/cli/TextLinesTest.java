package streamcache.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

/** The lines that operators and their tools read. */
final class TextLinesTest {

  private final LoggerContext context = new LoggerContext();
  private final TextLines lines = new TextLines(ZoneOffset.ofHours(2));

  private LoggingEvent event(String message, String at) {
    LoggingEvent event = new LoggingEvent();
    event.setLoggerContext(context);
    event.setLoggerName("access");
    event.setLevel(Level.INFO);
    event.setMessage(message);
    event.setInstant(Instant.parse(at));
    return event;
  }

  private String text(LoggingEvent event) {
    StringBuilder line = new StringBuilder();
    lines.append(event, line);
    return line.toString();
  }

  @Test
  void append_event_isOneLineWithKeysAndValues() {
    LoggingEvent event = event("playback", "2026-01-02T03:04:05.007Z");
    event.addKeyValuePair(new KeyValuePair("title", "Größe.mkv"));
    event.addKeyValuePair(new KeyValuePair("bytes", 12L));

    assertThat(text(event))
        .isEqualTo(
            "2026-01-02T05:04:05.007+02:00 INFO  access playback title=\"Größe.mkv\" bytes=\"12\"\n");
  }

  @Test
  void append_nextSecond_tellsItsOwnTime() {
    String before = text(event("a", "2026-01-02T03:04:05.999Z"));
    String after = text(event("b", "2026-01-02T03:04:06.010Z"));

    assertThat(before).startsWith("2026-01-02T05:04:05.999+02:00 ");
    assertThat(after).startsWith("2026-01-02T05:04:06.010+02:00 ");
  }

  @Test
  void append_titleWithQuotesAndLineEnds_forgesNoLine() {
    LoggingEvent event = event("playback", "2026-01-02T03:04:05.007Z");
    event.addKeyValuePair(new KeyValuePair("title", "a\" ended=\"done\r\nWARN \\x"));

    assertThat(text(event))
        .endsWith(" title=\"a\\\" ended=\\\"done\\u000d\\u000aWARN \\\\x\"\n")
        .hasLineCount(1);
  }

  @Test
  void append_exception_followsWithItsStack() {
    LoggingEvent event = event("failed", "2026-01-02T03:04:05.007Z");
    event.setThrowableProxy(
        new ch.qos.logback.classic.spi.ThrowableProxy(new IllegalStateException("a bug")));

    assertThat(text(event))
        .contains("failed\njava.lang.IllegalStateException: a bug")
        .contains("at ");
  }
}
