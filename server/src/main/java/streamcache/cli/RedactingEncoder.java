package streamcache.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import streamcache.link.SafeText;

/**
 * The only path for lines of the log: removes URLs and links from all of their text, including
 * stack traces and messages of libraries. Called by one thread at a time, as encoders are.
 */
final class RedactingEncoder extends EncoderBase<ILoggingEvent> {

  private static final int USUAL_LENGTH = 512;

  private final LineFormat format;
  private final StringBuilder line = new StringBuilder(USUAL_LENGTH);

  RedactingEncoder(LineFormat format) {
    this.format = format;
  }

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    line.setLength(0);
    format.append(event, line);
    return SafeText.of(line.toString()).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }
}
