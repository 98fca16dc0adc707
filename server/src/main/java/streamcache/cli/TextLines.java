package streamcache.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import java.time.ZoneId;
import java.util.List;
import org.slf4j.event.KeyValuePair;

/**
 * Formats each event as one line: time, level, logger, event, {@code key="value"}. Quotes,
 * backslashes and control characters in a value are escaped, so that the name of a title cannot
 * forge a line.
 */
final class TextLines implements LineFormat {

  /** Stands for an unknown value. */
  private static final String NONE = "-";

  private static final int LEVEL_WIDTH = 5;

  private final LineTime time;

  TextLines(ZoneId zone) {
    this.time = new LineTime(zone);
  }

  @Override
  public void append(ILoggingEvent event, StringBuilder line) {
    time.append(line, event.getInstant());
    String level = event.getLevel().toString();
    line.append(' ').append(level).repeat(' ', LEVEL_WIDTH - level.length());
    line.append(' ').append(event.getLoggerName()).append(' ');
    LineFormat.escape(event.getFormattedMessage(), /* quote= */ '\0', line);
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      pairs.forEach(pair -> append(pair, line));
    }
    line.append('\n');
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      line.append(ThrowableProxyUtil.asString(thrown));
    }
  }

  private static void append(KeyValuePair pair, StringBuilder line) {
    line.append(' ').append(pair.key).append("=\"");
    LineFormat.escape(pair.value == null ? NONE : pair.value.toString(), '"', line);
    line.append('"');
  }
}
