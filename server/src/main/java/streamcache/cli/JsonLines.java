package streamcache.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * Formats each event as one flat JSON object per line: {@code time}, {@code level}, {@code logger},
 * {@code message}, then the keys of the event, and {@code stack} if there is an exception. Numbers
 * and booleans keep their type; an unknown value is null. Used only by the thread of {@link
 * LogWriter}.
 */
final class JsonLines extends EncoderBase<ILoggingEvent> {

  private static final int USUAL_LENGTH = 512;

  private final LineTime time;
  private final StringBuilder line = new StringBuilder(USUAL_LENGTH);

  JsonLines(ZoneId zone) {
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
    line.append("{\"time\":\"");
    time.append(line, event.getInstant());
    line.append("\",\"level\":\"").append(event.getLevel()).append('"');
    field("logger", event.getLoggerName());
    field("message", event.getFormattedMessage());
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      pairs.forEach(pair -> field(pair.key, pair.value));
    }
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      field("stack", ThrowableProxyUtil.asString(thrown));
    }
    line.append("}\n");
    return line.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void field(String name, @Nullable Object value) {
    line.append(",\"").append(name).append("\":");
    if (value == null || value instanceof Number || value instanceof Boolean) {
      line.append(value);
      return;
    }
    line.append('"');
    escape(value.toString());
    line.append('"');
  }

  private void escape(String text) {
    for (int at = 0; at < text.length(); at++) {
      char letter = text.charAt(at);
      if (letter == '\\' || letter == '"') {
        line.append('\\').append(letter);
      } else if (Character.isISOControl(letter)) {
        line.append("\\u").append(String.format(Locale.ROOT, "%04x", (int) letter));
      } else {
        line.append(letter);
      }
    }
  }
}
