package streamcache.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;
import streamcache.playback.Ready;
import streamcache.playback.Request;

/**
 * Sends a {@link Ready} response: in clear text at once, over TLS piece by piece. Event loop only.
 */
final class ReadyDelivery implements ChannelFutureListener {

  /** Receives the outcome. */
  interface Over {
    void over(Ready.Outcome outcome, long sent);
  }

  private final Channel channel;
  private final Ready ready;
  private final boolean secure;
  private final Over over;

  /** The part of the body being written; null without a body. */
  private @Nullable Object piece;

  /** Body bytes that the system has taken. */
  private long sent;

  ReadyDelivery(Channel channel, Ready ready, boolean secure, Over over) {
    this.channel = channel;
    this.ready = ready;
    this.secure = secure;
    this.over = over;
  }

  void begin(boolean keepAlive) {
    Request request = ready.request();
    Framing framing = Framing.of(request, ready.status(), /* hasLength= */ true);
    write(ResponseHead.of(request, ready.status(), ready.headers(), framing, keepAlive));
  }

  private void write(@Nullable ResponseHead head) {
    piece = next();
    ResponsePart.plain(head, piece).writeTo(channel).addListener(this);
  }

  private @Nullable Object next() {
    FileChannel file = ready.file().orElse(null);
    if (file == null) {
      return null;
    }
    long length = ready.length() - sent;
    if (secure || length <= FilePart.LONGEST) {
      int size = (int) Math.min(FilePart.LONGEST_OF_TLS, length);
      return new FilePart(file, ready.from() + sent, size);
    }
    return new SharedFileRegion(file, ready.from(), length);
  }

  @Override
  public void operationComplete(ChannelFuture done) {
    sent +=
        switch (piece) {
          case null -> 0;
          case FilePart part -> done.isSuccess() ? part.length() : 0;
          case SharedFileRegion region -> region.transferred();
          default -> throw new IllegalStateException("unexpected piece: " + piece);
        };
    if (!done.isSuccess()) {
      over.over(reason(done.cause()), sent);
    } else if (sent == ready.length()) {
      over.over(Ready.Outcome.WHOLE, sent);
    } else {
      write(/* head= */ null);
    }
  }

  private Ready.Outcome reason(Throwable cause) {
    long end = ready.from() + ready.length();
    return ready.file().flatMap(file -> FileTrouble.behind(cause, file, end)).isPresent()
        ? Ready.Outcome.UNREADABLE
        : Ready.Outcome.PLAYER_LEFT;
  }
}
