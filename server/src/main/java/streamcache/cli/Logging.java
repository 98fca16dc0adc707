package streamcache.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import org.slf4j.LoggerFactory;
import streamcache.settings.LogSettings;

/** Sets up the log in code: one line an event on standard output, for people or for machines. */
final class Logging {

  private static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger %msg %kvp%n";

  private Logging() {}

  static void configure(LogSettings settings) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setEncoder(encoder(context, settings.format()));
    console.start();
    var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.addAppender(console);
    root.setLevel(Level.WARN);
    Level own = settings.verbose() ? Level.DEBUG : Level.INFO;
    for (String logger : new String[] {"access", "fill", "store", "streamcache"}) {
      context.getLogger(logger).setLevel(own);
    }
  }

  static Encoder<ILoggingEvent> encoder(LoggerContext context, LogSettings.Format format) {
    RedactingEncoder redacting = new RedactingEncoder(lines(context, format));
    redacting.setContext(context);
    redacting.start();
    return redacting;
  }

  private static Encoder<ILoggingEvent> lines(LoggerContext context, LogSettings.Format format) {
    return switch (format) {
      case TEXT -> {
        PatternLayoutEncoder text = new PatternLayoutEncoder();
        text.setContext(context);
        text.setPattern(PATTERN);
        text.start();
        yield text;
      }
      case JSON -> {
        JsonEncoder json = new JsonEncoder();
        json.setContext(context);
        json.start();
        yield json;
      }
    };
  }
}
