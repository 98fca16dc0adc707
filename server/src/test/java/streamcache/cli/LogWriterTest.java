package streamcache.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import streamcache.event.RequestMark;

/** The log neither loses lines that it can write nor blocks its callers. */
@Timeout(30)
final class LogWriterTest {

  private final LoggerContext context = new LoggerContext();

  private Logger logger(OutputStream out) {
    context.setMDCAdapter(new LogbackMDCAdapter());
    LogWriter writer = new LogWriter(new RedactingEncoder(new TextLines(ZoneOffset.UTC)), out);
    writer.setContext(context);
    writer.start();
    Logger logger = context.getLogger("test");
    logger.setLevel(Level.INFO);
    logger.addAppender(writer);
    return logger;
  }

  @Test
  void stop_linesQueued_areAllWrittenInOrder() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Logger logger = logger(out);
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 5000; i++) {
      logger.info("line {}", i);
      expected.append(" INFO  test line ").append(i).append('\n');
    }

    context.stop();

    String written = out.toString(StandardCharsets.UTF_8);
    assertThat(written.replaceAll("(?m)^\\S+", "")).isEqualTo(expected.toString());
  }

  @Test
  void line_ofAThreadThatWorksForARequest_namesIt() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Logger logger = logger(out);
    Runnable work =
        () -> {
          logger.info("within");
          logger.atInfo().addKeyValue("request", "own").log("named");
          RequestMark.during("", () -> logger.info("for all"));
          Runnable carried = RequestMark.carried(() -> logger.info("carried"));
          RequestMark.during("", carried);
          logger.info("within again");
        };
    RequestMark.during("abc", work);
    logger.info("afterwards");

    context.stop();

    assertThat(out.toString(StandardCharsets.UTF_8).replaceAll("(?m)^\\S+ INFO  test ", ""))
        .isEqualTo(
            """
            within request="abc"
            named request="own"
            for all
            carried request="abc"
            within again request="abc"
            afterwards
            """);
  }

  /** Like a pipe whose reader is stuck, until the test releases it. */
  private static final class Stuck extends OutputStream {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      reached.countDown();
      try {
        if (released.getCount() > 0) { // The writer is interrupted on stop.
          assertThat(released.await(20, TimeUnit.SECONDS)).isTrue();
        }
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      out.write(bytes, from, count);
    }
  }

  @Test
  void append_readerIsStuck_doesNotWaitAndSaysWhatIsMissing() throws Exception {
    Stuck stuck = new Stuck();
    Logger logger = logger(stuck);
    logger.info("first");
    assertThat(stuck.reached.await(20, TimeUnit.SECONDS)).isTrue();

    for (int i = 0; i < 20_000; i++) {
      logger.info("more"); // A waiting call would never return.
    }
    stuck.released.countDown();
    context.stop();

    String written = stuck.out.toString(StandardCharsets.UTF_8);
    long kept = written.lines().filter(line -> line.endsWith(" more")).count();
    assertThat(kept).isBetween(8000L, 19_999L);
    assertThat(written).contains("log-lines-lost lines=\"" + (20_000 - kept) + "\"");
  }
}
