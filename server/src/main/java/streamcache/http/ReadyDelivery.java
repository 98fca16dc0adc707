package streamcache.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;
import streamcache.playback.Ready;
import streamcache.playback.Request;

/** A {@link Ready} answer on its way over TLS, piece by piece. On the event loop. */
final class ReadyDelivery {

  /** What becomes of it. */
  interface Over {
    void over(boolean whole, long sent);
  }

  private final Channel channel;
  private final Ready ready;
  private final Over over;
  private long sent;

  ReadyDelivery(Channel channel, Ready ready, Over over) {
    this.channel = channel;
    this.ready = ready;
    this.over = over;
  }

  void begin(Request request, boolean keepAlive) {
    Object piece = piece();
    write(ReadyAnswer.portion(ready, piece, request, keepAlive), piece);
  }

  private @Nullable Object piece() {
    FileChannel file = ready.file().orElse(null);
    int size = (int) Math.min(FilePart.LONGEST_OF_TLS, ready.length() - sent);
    return file == null ? null : new FilePart(file, ready.from() + sent, size);
  }

  private void write(Portion portion, @Nullable Object piece) {
    portion
        .writeTo(channel)
        .addListener((ChannelFuture done) -> {
          if (!done.isSuccess()) {
            over.over(false, sent);
            return;
          }
          sent += piece instanceof FilePart part ? part.length() : 0;
          if (sent == ready.length()) {
            over.over(true, sent);
            return;
          }
          Object next = piece();
          write(Portion.plain(/* head= */ null, next), next);
        });
  }
}
