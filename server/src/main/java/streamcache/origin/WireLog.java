package streamcache.origin;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

/**
 * Silences the loggers of the HTTP library that print whole requests, at any configured log level:
 * requests hold URLs and passwords.
 */
final class WireLog {

  private static final String LIBRARY = "org.apache.hc";
  private static final String WIRE = "org.apache.hc.client5.http.wire";
  private static final String HEADERS = "org.apache.hc.client5.http.headers";

  private WireLog() {}

  static void silence() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext loggers) {
      loggers.getLogger(LIBRARY).setLevel(Level.WARN);
      loggers.getLogger(WIRE).setLevel(Level.OFF);
      loggers.getLogger(HEADERS).setLevel(Level.OFF);
    }
  }
}
