package streamcache.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import streamcache.playback.Unreadable;

/**
 * Bytes of one response that leave in one flush, so that a head and its first body bytes share a
 * packet. Written on the event loop.
 *
 * @param head written first, if there is one
 * @param body a {@link FilePart}, or what Netty writes as it is: a buffer, a file region
 * @param chunkSize size of the body when it is one chunk; 0 without body for the last chunk; {@link
 *     #NO_CHUNK} when not chunked
 */
record ResponsePart(@Nullable ResponseHead head, @Nullable Object body, long chunkSize) {

  private static final long NO_CHUNK = -1;
  private static final int HEAD_CAPACITY = 768;

  /** Size line and line end of a chunk. */
  private static final int CHUNK_FRAME = 24;

  /** A body, a head, or both, without chunked framing. */
  static ResponsePart plain(@Nullable ResponseHead head, @Nullable Object body) {
    return new ResponsePart(head, body, NO_CHUNK);
  }

  /** The body as one chunk. */
  static ResponsePart chunk(@Nullable ResponseHead head, Object body, long size) {
    return new ResponsePart(head, body, size);
  }

  /** The chunk that ends a body. */
  static ResponsePart lastChunk() {
    return new ResponsePart(/* head= */ null, /* body= */ null, 0);
  }

  /** Returns the future of the last byte; it fails when the file of the body cannot be read. */
  ChannelFuture writeTo(Channel channel) {
    if (body instanceof FilePart part) {
      return writeCopied(part, channel);
    }
    boolean wrapped = body != null && isChunk();
    ByteBuf lead = head == null && !isChunk() ? null : lead(channel, HEAD_CAPACITY);
    if (lead != null && body != null) {
      var _ = channel.write(lead, channel.voidPromise());
    }
    if (wrapped) {
      var _ = channel.write(body, channel.voidPromise());
    }
    Object last = wrapped ? lineEnd(channel) : body != null ? body : lead;
    return channel.writeAndFlush(last);
  }

  /** Releases a part that will never be written. */
  void discard() {
    ReferenceCountUtil.release(body);
  }

  private ChannelFuture writeCopied(FilePart part, Channel channel) {
    int room = part.length() + (head == null ? CHUNK_FRAME : HEAD_CAPACITY);
    ByteBuf all = lead(channel, room);
    try {
      part.copyTo(all);
    } catch (IOException e) {
      all.release();
      return channel.newFailedFuture(new Unreadable("file not read: " + e, e));
    }
    if (isChunk()) {
      ByteBufUtil.writeAscii(all, "\r\n");
    }
    return channel.writeAndFlush(all);
  }

  /** Head and size line, where present, with room for more. */
  private ByteBuf lead(Channel channel, int capacity) {
    ByteBuf lead = channel.alloc().directBuffer(capacity);
    if (head != null) {
      head.writeTo(lead);
    }
    if (isChunk()) {
      ByteBufUtil.writeAscii(lead, Long.toHexString(chunkSize));
      ByteBufUtil.writeAscii(lead, body == null ? "\r\n\r\n" : "\r\n");
    }
    return lead;
  }

  private boolean isChunk() {
    return chunkSize >= 0;
  }

  private static ByteBuf lineEnd(Channel channel) {
    ByteBuf end = channel.alloc().directBuffer(2);
    ByteBufUtil.writeAscii(end, "\r\n");
    return end;
  }
}
