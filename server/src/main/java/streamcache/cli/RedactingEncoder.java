package streamcache.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import streamcache.link.SafeText;

/**
 * The one way out for lines of the log: takes URLs and links out of whatever is in them, stacks and
 * words of libraries included. Called by one thread at a time, as encoders are.
 */
final class RedactingEncoder extends EncoderBase<ILoggingEvent> {

  private final Encoder<ILoggingEvent> lines;

  RedactingEncoder(Encoder<ILoggingEvent> lines) {
    this.lines = lines;
  }

  @Override
  public byte[] headerBytes() {
    return lines.headerBytes();
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    String line = new String(lines.encode(event), StandardCharsets.UTF_8);
    return SafeText.of(line).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] footerBytes() {
    return lines.footerBytes();
  }
}
