package streamcache.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import streamcache.playback.Headers;

/** Two small packets with a pause between them cost 40 ms if the player delays its ACKs. */
final class PartWriteTest {

  private static final class Flushes extends ChannelOutboundHandlerAdapter {
    private int count;

    @Override
    public void flush(ChannelHandlerContext context) {
      count++;
      context.flush();
    }
  }

  private static final class Sent implements Outlet {
    private final Flushes flushes = new Flushes();
    private final EmbeddedChannel channel = new EmbeddedChannel(flushes);

    @Override
    public void send(PartWrite delivery) {
      delivery.writeTo(channel);
    }

    @Override
    public void delivered() {}

    @Override
    public void cut() {}

    private String text() {
      StringBuilder text = new StringBuilder();
      for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
        text.append(part.toString(StandardCharsets.ISO_8859_1));
        part.release();
      }
      return text.toString();
    }
  }

  private static ResponseHead head(Framing framing) {
    return new ResponseHead("id", 206, new Headers().add("x-y", "z"), framing, true, true, false);
  }

  private static ByteBuf body() {
    return Unpooled.copiedBuffer("0123456789abcdef", StandardCharsets.ISO_8859_1);
  }

  @Test
  void headAndBody_leaveInOneFlush() {
    Sent sent = new Sent();
    PartWrite delivery = new PartWrite(sent, ResponsePart.plain(head(Framing.LENGTH), body()));

    delivery.run();

    assertThat(delivery.await()).isTrue();
    assertThat(sent.flushes.count).isEqualTo(1);
    assertThat(sent.text())
        .startsWith("HTTP/1.1 206 Partial Content\r\nX-Y: z\r\nDate: ")
        .endsWith("\r\nX-Request-Id: id\r\n\r\n0123456789abcdef");
  }

  @Test
  void headAndChunk_leaveInOneFlush() {
    Sent sent = new Sent();
    PartWrite delivery = new PartWrite(sent, ResponsePart.chunk(head(Framing.CHUNKED), body(), 16));

    delivery.run();

    assertThat(sent.flushes.count).isEqualTo(1);
    assertThat(sent.text()).endsWith("\r\n\r\n10\r\n0123456789abcdef\r\n");
  }

  @Test
  void connections_sendWithoutDelay() throws Exception {
    ServerBootstrap bootstrap =
        Listener.bootstrap(
            Transport.NIO,
            new Service(
                exchange -> {}, Served.PATIENT, "", Listener.smallPool(), Optional.empty()));

    Map<ChannelOption<?>, Object> options = bootstrap.config().childOptions();

    assertThat(options).containsEntry(ChannelOption.TCP_NODELAY, true);
  }
}
