package streamcache.clip;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/**
 * The bytes of a video that shows a card: an index, then one block of eight seconds repeated. Only
 * these two are held, about 0.4 MB for two hours; everything else is computed. The same card yields
 * the same bytes. Immutable; any thread; never blocks.
 */
public final class Clip {

  public static final String CONTENT_TYPE = "video/mp4";

  /** Part of the ETag; must be increased when the same card yields other bytes. */
  private static final int VERSION = 1;

  private static final Duration LONGEST = Duration.ofHours(24);
  private static final int ETAG_BYTES = 12;

  private final byte[] head;
  private final Block block;
  private final long length;
  private final String etag;

  private Clip(byte[] head, Block block, int blocks, String etag) {
    this.head = head;
    this.block = block;
    this.length = head.length + (long) blocks * block.length();
    this.etag = etag;
  }

  /** Draws and encodes the card: a few milliseconds once the code is warm. */
  public static Clip of(Card card) {
    Block block = new Block(CardPainter.paint(card));
    int blocks = blocks(card.length());
    return new Clip(ClipHeader.of(block, blocks), block, blocks, etag(card, blocks));
  }

  private static int blocks(Duration length) {
    Duration wanted = length.compareTo(LONGEST) < 0 ? length : LONGEST;
    return (int) Math.max(1, Math.ceilDiv(wanted.toMillis(), Block.SECONDS * 1000L));
  }

  /** Length of the whole clip in bytes. */
  public long length() {
    return length;
  }

  /** A strong ETag with its quotes. */
  public String etag() {
    return etag;
  }

  /**
   * Fills the buffer with bytes from an offset on, up to the end of the clip.
   *
   * @param offset 0 to {@link #length}
   */
  public void read(long offset, ByteBuffer into) {
    if (offset < 0 || offset > length) {
      throw new IllegalArgumentException("offset " + offset + " of " + length);
    }
    long at = offset;
    if (at < head.length) {
      int count = (int) Math.min(into.remaining(), head.length - at);
      into.put(head, (int) at, count);
      at += count;
    }
    while (into.hasRemaining() && at < length) {
      long number = (at - head.length) / block.length();
      int from = (int) ((at - head.length) % block.length());
      int count = Math.min(into.remaining(), block.length() - from);
      block.put(number, from, count, into);
      at += count;
    }
  }

  private static String etag(Card card, int blocks) {
    MessageDigest digest = sha256();
    update(digest, VERSION + " " + blocks);
    update(digest, card.title());
    update(digest, card.provider());
    update(digest, card.headline());
    update(digest, card.meaning());
    update(digest, Integer.toString(card.notes().size()));
    card.notes().forEach(note -> update(digest, note));
    update(digest, card.time().toString());
    update(digest, card.requestId());
    String hex = HexFormat.of().formatHex(digest.digest(), 0, ETAG_BYTES);
    return "\"clip-" + hex + "\"";
  }

  /** Hashes the text with its length in front, so that no two cards hash the same sequence. */
  private static void update(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
