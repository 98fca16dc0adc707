package streamcache.http;

import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;
import streamcache.playback.Ready;
import streamcache.playback.Request;

/** How a {@link Ready} answer goes over the wire. */
final class ReadyAnswer {

  private ReadyAnswer() {}

  /** What the body of the {@link Portion} is; null without one. */
  static @Nullable Object body(Ready ready) {
    FileChannel file = ready.file().orElse(null);
    if (file == null) {
      return null;
    }
    return ready.length() <= FilePart.LONGEST
        ? new FilePart(file, ready.from(), (int) ready.length())
        : new SharedFileRegion(file, ready.from(), ready.length());
  }

  static Portion portion(Ready ready, @Nullable Object body, Request request, boolean keepAlive) {
    Framing framing = Framing.of(request, ready.status(), /* hasLength= */ true);
    return Portion.plain(
        new ResponseHead(
            request.id(), ready.status(), ready.headers(), framing, request.http11(), keepAlive),
        body);
  }

  /** Bytes of the body that the system has taken. */
  static long sent(boolean whole, Ready ready, @Nullable Object body) {
    if (whole) {
      return ready.length();
    }
    return body instanceof SharedFileRegion region ? region.transferred() : 0;
  }
}
