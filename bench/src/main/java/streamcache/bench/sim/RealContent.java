package streamcache.bench.sim;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import streamcache.testkit.Content;

/**
 * The films served through the real product: computed bytes behind a Matroska head that states the
 * playing time, which the simulator assumes to be known.
 */
final class RealContent {

  /** EBML, a segment of unknown size, and in its Info a duration of four bytes, which follow. */
  private static final byte[] BEFORE_DURATION =
      HexFormat.of().parseHex("1a45dfa384428681011853806701ffffffffffffff1549a96687448984");

  private RealContent() {}

  static Content of(int title) {
    Content bytes = Content.of(title, Terms.TOTAL);
    byte[] head = head();
    return Content.computed(
        Terms.TOTAL,
        (offset, into) -> {
          int from = into.position();
          bytes.fill(offset, into);
          int overlaid = Math.clamp(head.length - offset, 0, into.position() - from);
          for (int i = 0; i < overlaid; i++) {
            into.put(from + i, head[(int) offset + i]);
          }
        });
  }

  private static byte[] head() {
    return ByteBuffer.allocate(BEFORE_DURATION.length + Float.BYTES)
        .put(BEFORE_DURATION)
        .putFloat((float) Terms.PLAYING_TIME.toMillis())
        .array();
  }
}
