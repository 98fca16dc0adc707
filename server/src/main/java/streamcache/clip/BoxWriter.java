package streamcache.clip;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes nested MP4 boxes (ISO/IEC 14496-12); the length of a box is filled in when it closes. */
final class BoxWriter {

  private ByteBuffer out = ByteBuffer.allocate(64 * 1024);

  /** Writes a box and the content that {@code content} puts into it. */
  BoxWriter box(String type, Runnable content) {
    int start = out.position();
    number(0, 4).ascii(type);
    content.run();
    out.putInt(start, out.position() - start);
    return this;
  }

  /** Writes a box with version 0 and flags in front of its content. */
  BoxWriter fullBox(String type, int flags, Runnable content) {
    return box(
        type,
        () -> {
          number(flags, 4);
          content.run();
        });
  }

  /** Writes the lowest {@code count} bytes of a value, 1 to 8 of them. */
  BoxWriter number(long value, int count) {
    ensure(count);
    for (int shift = 8 * (count - 1); shift >= 0; shift -= 8) {
      out.put((byte) (value >>> shift));
    }
    return this;
  }

  BoxWriter zeros(int count) {
    return bytes(new byte[count]);
  }

  BoxWriter ascii(String text) {
    return bytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  BoxWriter bytes(byte[] bytes) {
    ensure(bytes.length);
    out.put(bytes);
    return this;
  }

  byte[] toBytes() {
    return Arrays.copyOf(out.array(), out.position());
  }

  private void ensure(int count) {
    if (out.remaining() < count) {
      int capacity = Math.max(2 * out.capacity(), out.position() + count);
      out = ByteBuffer.allocate(capacity).put(out.flip());
    }
  }
}
