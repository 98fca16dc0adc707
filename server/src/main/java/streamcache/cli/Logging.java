package streamcache.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.time.ZoneId;
import java.util.List;
import org.slf4j.LoggerFactory;
import streamcache.settings.LogFormat;
import streamcache.settings.LogSettings;

/**
 * Configures the log in code: one line per event on standard output, for people or for machines.
 */
final class Logging {

  /** The loggers of this product; all others are those of libraries. */
  static final List<String> OWN =
      List.of("access", "fill", "store", "outbox", "library", "streamcache");

  /** JGroups, and the protocols that extend it. */
  private static final List<String> LIBRARIES = List.of("org.jgroups", "streamcache.cluster");

  private Logging() {}

  static void configure(LogSettings settings) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    LogWriter writer =
        new LogWriter(
            encoder(context, settings.format()), new FileOutputStream(FileDescriptor.out));
    warnTo(writer, context);
    Level own = settings.verbose() ? Level.DEBUG : Level.INFO;
    // It warns of what is usual here: nodes that are not there, and messages without the key.
    LIBRARIES.forEach(logger -> context.getLogger(logger).setLevel(Level.ERROR));
    OWN.forEach(logger -> context.getLogger(logger).setLevel(own));
  }

  /**
   * For a command, which prints itself what it does: only warnings, and on standard error. Without
   * this, the notes of all libraries to their developers would be on standard output.
   */
  static void configureCommand() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setTarget("System.err");
    console.setEncoder(encoder(context, LogFormat.TEXT));
    warnTo(console, context);
  }

  private static void warnTo(Appender<ILoggingEvent> appender, LoggerContext context) {
    appender.setContext(context);
    appender.start();
    var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.addAppender(appender);
    root.setLevel(Level.WARN);
  }

  /** Writes the last lines; nothing is logged afterwards. */
  static void stop() {
    ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
  }

  static Encoder<ILoggingEvent> encoder(LoggerContext context, LogFormat format) {
    RedactingEncoder redacting = new RedactingEncoder(format(format));
    redacting.setContext(context);
    redacting.start();
    return redacting;
  }

  private static LineFormat format(LogFormat format) {
    return switch (format) {
      case TEXT -> new TextLines(ZoneId.systemDefault());
      case JSON -> new JsonLines(ZoneId.systemDefault());
    };
  }
}
