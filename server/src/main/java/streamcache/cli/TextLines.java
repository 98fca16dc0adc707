package streamcache.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.slf4j.event.KeyValuePair;

/**
 * Formats each event as one line: time, level, logger, event, {@code key="value"}. Quotes,
 * backslashes and control characters in a value are escaped, so that the name of a title cannot
 * forge a line. Used only by the thread of {@link LogWriter}.
 */
final class TextLines extends EncoderBase<ILoggingEvent> {

  /** Stands for an unknown value. */
  private static final String NONE = "-";

  private static final int LEVEL_WIDTH = 5;
  private static final int USUAL_LENGTH = 512;

  private final LineTime time;
  private final StringBuilder line = new StringBuilder(USUAL_LENGTH);

  TextLines(ZoneId zone) {
    this.time = new LineTime(zone);
  }

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    line.setLength(0);
    time.append(line, event.getInstant());
    String level = event.getLevel().toString();
    line.append(' ').append(level).repeat(' ', LEVEL_WIDTH - level.length());
    line.append(' ').append(event.getLoggerName()).append(' ');
    escape(event.getFormattedMessage(), /* quote= */ '\0');
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      pairs.forEach(this::pair);
    }
    line.append('\n');
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      line.append(ThrowableProxyUtil.asString(thrown));
    }
    return line.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void pair(KeyValuePair pair) {
    line.append(' ').append(pair.key).append("=\"");
    escape(pair.value == null ? NONE : pair.value.toString(), '"');
    line.append('"');
  }

  private void escape(String text, char quote) {
    for (int at = 0; at < text.length(); at++) {
      char letter = text.charAt(at);
      if (letter == '\\' || letter == quote) {
        line.append('\\').append(letter);
      } else if (Character.isISOControl(letter)) {
        line.append("\\u").append(String.format(Locale.ROOT, "%04x", (int) letter));
      } else {
        line.append(letter);
      }
    }
  }
}
