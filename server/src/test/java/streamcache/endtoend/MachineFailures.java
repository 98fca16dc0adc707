package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.slf4j.LoggerFactory;

/**
 * Fails a test in which an account machine failed: the product ends the playback concerned and goes
 * on, so that the test might not notice.
 */
final class MachineFailures implements AutoCloseable {

  private final Logger driver = (Logger) LoggerFactory.getLogger("streamcache.fill.Driver");
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  MachineFailures() {
    log.start();
    driver.addAppender(log);
  }

  /** To be called once the server is closed. */
  @Override
  public void close() {
    driver.detachAppender(log);
    assertThat(log.list)
        .filteredOn(event -> event.getLevel() == Level.ERROR)
        .extracting(ILoggingEvent::getFormattedMessage)
        .isEmpty();
  }
}
