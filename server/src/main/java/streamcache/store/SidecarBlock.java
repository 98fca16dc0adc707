package streamcache.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import streamcache.link.TitleKey;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The first 4 KiB of a sidecar: readable JSON, blanks, and in the last line a checksum of all
 * before it. Says which generation the journal behind it speaks of.
 *
 * @param key the title's key
 * @param generation 16 hex digits, random; half of the ETag
 * @param begun epoch seconds
 * @param media name of the media file, without ".part"
 */
record SidecarBlock(
    String key, String generation, long begun, String media, GenerationFacts facts) {

  static final int BYTES = 4096;
  private static final int FORMAT = 1;

  /** Eight texts of this length and the names of the fields fill the block. */
  private static final int MOST_TEXT = 448;

  /** Key and generation are not longer. */
  private static final int MOST_NAME = 26;

  /** What a total that becomes known later and the marks around a text take. */
  private static final int LATER = 24;

  private static final String SEAL = "\ncrc32c=%08x\n";
  private static final int SEAL_BYTES = 17;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * The facts as they can be kept: what a provider wrote at such length that the block could not
   * hold it is left out from the start, so that an answer is the same before and after a restart. A
   * name is cut instead.
   */
  static GenerationFacts kept(GenerationFacts facts, TitleKey key) {
    boolean areNamesShort =
        fits(facts.name()) && facts.contentDisposition().map(SidecarBlock::fits).orElse(true);

    GenerationFacts kept =
        new GenerationFacts(
            facts.total(),
            facts.strongValidator().filter(SidecarBlock::fits),
            facts.lastModified().filter(SidecarBlock::fits),
            fits(facts.contentType()) ? facts.contentType() : "application/octet-stream",
            facts.contentDisposition().filter(SidecarBlock::fits),
            areNamesShort ? facts.name() : MediaName.of(facts, key).written(),
            fits(facts.account()) ? facts.account() : "",
            fits(facts.finalHost()) ? facts.finalHost() : "",
            Optional.empty());
    return facts
        .original()
        .filter(letters -> leavesRoom(kept, letters))
        .map(kept::withOriginal)
        .orElse(kept);
  }

  /** The original takes what the others leave, whatever the media file is called. */
  private static boolean leavesRoom(GenerationFacts others, String original) {
    String media = "m".repeat(MOST_TEXT);
    String key = "k".repeat(MOST_NAME);
    SidecarBlock fullest = new SidecarBlock(key, key, Long.MAX_VALUE, media, others);
    return fullest.json().length + LATER + original.length() <= BYTES - SEAL_BYTES;
  }

  private static boolean fits(String text) {
    try {
      return JSON.writeValueAsBytes(text).length <= MOST_TEXT;
    } catch (JacksonException _) {
      return false;
    }
  }

  /** What ties a journal record to this block. */
  short generationTag() {
    return (short) Integer.parseInt(generation.substring(12), 16);
  }

  ByteBuffer encode() {
    byte[] block = new byte[BYTES];
    Arrays.fill(block, (byte) ' ');
    byte[] json = json();
    System.arraycopy(json, 0, block, 0, json.length);
    byte[] seal = SEAL.formatted(checksum(block)).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(seal, 0, block, BYTES - SEAL_BYTES, SEAL_BYTES);
    return ByteBuffer.wrap(block);
  }

  private byte[] json() {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(Text.of(this));
  }

  /** Empty when the block is not whole or not ours. */
  static Optional<SidecarBlock> decode(byte[] block) {
    if (block.length < BYTES) {
      return Optional.empty();
    }
    String seal = new String(block, BYTES - SEAL_BYTES, SEAL_BYTES, StandardCharsets.US_ASCII);
    if (!seal.equals(SEAL.formatted(checksum(block)))) {
      return Optional.empty();
    }
    try {
      Text text = JSON.readValue(block, 0, BYTES - SEAL_BYTES, Text.class);
      return text.format() == FORMAT ? Optional.of(text.block()) : Optional.empty();
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }

  private static int checksum(byte[] block) {
    CRC32C crc = new CRC32C();
    crc.update(block, 0, BYTES - SEAL_BYTES);
    return (int) crc.getValue();
  }

  /** The block as it is written. */
  private record Text(
      int format,
      String key,
      String generation,
      long begun,
      String media,
      String name,
      @Nullable Long total,
      @Nullable String strongValidator,
      @Nullable String lastModified,
      String contentType,
      @Nullable String contentDisposition,
      String account,
      String finalHost,
      @Nullable String original) {

    static Text of(SidecarBlock block) {
      GenerationFacts facts = block.facts();
      return new Text(
          FORMAT,
          block.key(),
          block.generation(),
          block.begun(),
          block.media(),
          facts.name(),
          facts.total().isPresent() ? Long.valueOf(facts.total().getAsLong()) : null,
          facts.strongValidator().orElse(null),
          facts.lastModified().orElse(null),
          facts.contentType(),
          facts.contentDisposition().orElse(null),
          facts.account(),
          facts.finalHost(),
          facts.original().orElse(null));
    }

    SidecarBlock block() {
      GenerationFacts facts =
          new GenerationFacts(
              total == null ? OptionalLong.empty() : OptionalLong.of(total),
              Optional.ofNullable(strongValidator),
              Optional.ofNullable(lastModified),
              contentType,
              Optional.ofNullable(contentDisposition),
              name,
              account,
              finalHost,
              Optional.ofNullable(original));
      return new SidecarBlock(key, generation, begun, media, facts);
    }
  }
}
