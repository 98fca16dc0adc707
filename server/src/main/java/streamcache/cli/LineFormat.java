package streamcache.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.Locale;

/** How an event is written to the log. Called by one thread at a time. */
interface LineFormat {

  /** Appends the event to {@code line}, with the end of the line. */
  void append(ILoggingEvent event, StringBuilder line);

  /** Appends {@code text} so that it forges neither the end of a value nor a line. */
  static void escape(String text, char quote, StringBuilder line) {
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
