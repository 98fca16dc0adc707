package streamcache.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import streamcache.playback.Headers;

/** Writes an {@link EarlyResponse} in its wire format: one buffer, head and sentence. */
final class RefusalAnswer {

  private static final int CAPACITY = 512;

  private RefusalAnswer() {}

  static ByteBuf write(
      EarlyResponse refusal, String id, boolean keepAlive, ByteBufAllocator alloc) {
    ByteBuf out = alloc.directBuffer(CAPACITY);
    TextAnswer text = TextAnswer.sentence(refusal.status(), refusal.sentence());
    byte[] body = text.bytes();
    boolean empty = refusal.status() == 204;
    Headers headers = empty ? new Headers() : text.headers(body.length);
    if (refusal.namesAllowed()) {
      headers.add("Allow", EarlyResponse.ALLOWED);
    }
    Framing framing = empty ? Framing.NO_BODY : Framing.LENGTH;
    new ResponseHead(id, refusal.status(), headers, framing, refusal.http11(), keepAlive)
        .writeTo(out);
    if (!empty && !refusal.forHead()) {
      out.writeBytes(body);
    }
    return out;
  }
}
