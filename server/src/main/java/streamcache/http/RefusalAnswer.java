package streamcache.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import streamcache.playback.Headers;

/** Writes an {@link EarlyResponse} in its wire format: one buffer, head and sentence. */
final class RefusalAnswer {

  private static final int CAPACITY = 1024;

  private RefusalAnswer() {}

  /**
   * @param target of the request, without the base path; empty if it was not read
   */
  static ByteBuf write(
      EarlyResponse refusal, String id, String target, boolean keepAlive, ByteBufAllocator alloc) {
    boolean isOpenToPages = CrossOrigin.isAllowed(target);
    ByteBuf out = alloc.directBuffer(CAPACITY);
    TextAnswer text = TextAnswer.sentence(refusal.status(), refusal.sentence());
    byte[] body = text.bytes();
    boolean empty = refusal.status() == 204;
    Headers headers = empty ? new Headers() : text.headers(body.length);
    if (refusal.namesAllowed()) {
      headers.add("Allow", EarlyResponse.ALLOWED);
    }
    if (isOpenToPages && refusal.status() == 204) {
      CrossOrigin.permit(headers, refusal.subject().isFromPublicNetwork());
    }
    Framing framing = empty ? Framing.NO_BODY : Framing.LENGTH;
    boolean http11 = refusal.http11();
    new ResponseHead(id, refusal.status(), headers, framing, http11, keepAlive, isOpenToPages)
        .writeTo(out);
    if (!empty && !refusal.forHead()) {
      out.writeBytes(body);
    }
    return out;
  }
}
