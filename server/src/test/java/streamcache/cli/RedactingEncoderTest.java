package streamcache.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import streamcache.settings.LogFormat;
import tools.jackson.databind.json.JsonMapper;

/** Whatever libraries and exceptions log, no line contains a URL or a link. */
final class RedactingEncoderTest {

  private static final String SECRET = "opensesame";
  private static final String URL = "http://u:" + SECRET + "@host.example:81/a/" + SECRET + "?x=1";

  @ParameterizedTest
  @EnumSource
  void line_withUrlsInEveryPart_holdsTheirHostsOnly(LogFormat format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    appender.setContext(context);
    appender.setEncoder(Logging.encoder(context, format));
    appender.setOutputStream(out);
    appender.start();
    Logger logger = context.getLogger("x");
    logger.addAppender(appender);
    IOException cause =
        new IOException("GET /u/" + "aHR0cDovL2" + SECRET + "/f.mkv", new IOException(URL));

    logger
        .atLevel(org.slf4j.event.Level.ERROR)
        .setCause(new IllegalStateException("no way to '" + URL + "'", cause))
        .addKeyValue("where", URL)
        .log("asked \"" + URL + "\", " + URL + " and /e/k" + SECRET + "/" + SECRET + ".mkv");

    if (format == LogFormat.JSON) {
      assertThat(JsonMapper.shared().readTree(out.toByteArray()).get("message").asString())
          .isEqualTo("asked \"http://host.example:81/~\", http://host.example:81/~ and /e/~");
    }
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("host.example:81", "asked", "where", "RedactingEncoderTest")
        .doesNotContain(SECRET);
  }
}
