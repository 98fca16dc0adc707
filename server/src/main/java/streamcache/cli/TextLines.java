package streamcache.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.slf4j.event.KeyValuePair;

/**
 * One line an event: time, level, logger, event, {@code key="value"}. Quotes, backslashes and
 * control characters in a value are escaped, so that the name of a title cannot forge a line. Used
 * by the {@link LogWriter}'s thread alone.
 */
final class TextLines extends EncoderBase<ILoggingEvent> {

  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.", Locale.ROOT);
  private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("XXX", Locale.ROOT);
  private static final int LEVEL_WIDTH = 5;
  private static final int USUAL_LENGTH = 512;

  private final ZoneId zone;
  private final StringBuilder line = new StringBuilder(USUAL_LENGTH);
  private long second = Long.MIN_VALUE;
  private String date = "";
  private String offset = "";

  TextLines(ZoneId zone) {
    this.zone = zone;
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
    time(event.getInstant());
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

  private void time(Instant at) {
    if (at.getEpochSecond() != second) {
      second = at.getEpochSecond();
      ZonedDateTime local = at.atZone(zone);
      date = SECOND.format(local);
      offset = OFFSET.format(local);
    }
    int millis = at.getNano() / 1_000_000;
    line.append(date);
    line.append((char) ('0' + millis / 100));
    line.append((char) ('0' + millis / 10 % 10));
    line.append((char) ('0' + millis % 10));
    line.append(offset);
  }

  private void pair(KeyValuePair pair) {
    line.append(' ').append(pair.key).append("=\"");
    escape(String.valueOf(pair.value), '"');
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
