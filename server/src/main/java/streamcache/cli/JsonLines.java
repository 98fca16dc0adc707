package streamcache.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * Formats each event as one flat JSON object per line: {@code time}, {@code level}, {@code logger},
 * {@code message}, then the keys of the event, and {@code stack} if there is an exception. Numbers
 * and booleans keep their type; an unknown value is null.
 */
final class JsonLines implements LineFormat {

  private final LineTime time;

  JsonLines(ZoneId zone) {
    this.time = new LineTime(zone);
  }

  @Override
  public void append(ILoggingEvent event, StringBuilder line) {
    line.append("{\"time\":\"");
    time.append(line, event.getInstant());
    line.append("\",\"level\":\"").append(event.getLevel()).append('"');
    field("logger", event.getLoggerName(), line);
    field("message", event.getFormattedMessage(), line);
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      pairs.forEach(pair -> field(pair.key, pair.value, line));
    }
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      field("stack", ThrowableProxyUtil.asString(thrown), line);
    }
    line.append("}\n");
  }

  private static void field(String name, @Nullable Object value, StringBuilder line) {
    line.append(",\"").append(name).append("\":");
    if (value == null || value instanceof Number || value instanceof Boolean) {
      line.append(value);
      return;
    }
    line.append('"');
    LineFormat.escape(value.toString(), '"', line);
    line.append('"');
  }
}
