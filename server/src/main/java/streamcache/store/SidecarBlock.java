package streamcache.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import streamcache.link.TitleKey;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The first 4 KiB of a sidecar: readable JSON, padding blanks, and a last line with a checksum of
 * everything before it. Identifies the generation that the following journal describes.
 *
 * @param key the title's key
 * @param generation 16 hex digits, random; half of the ETag
 * @param begun when the generation began, in epoch seconds
 * @param media name of the media file, without ".part"
 */
record SidecarBlock(
    String key, String generation, long begun, String media, GenerationFacts facts) {

  static final int BYTES = 4096;
  private static final int FORMAT = 1;

  /** Longest text in bytes: eight of them and the field names fill the block. */
  private static final int MOST_TEXT = 448;

  /** Longest key or generation. */
  private static final int MOST_NAME = 26;

  /** Bytes for a total that becomes known later and for the punctuation around a text. */
  private static final int LATER = 24;

  /** Smallest unit that a power cut loses, in bytes. */
  private static final int SECTOR = 512;

  private static final String SEAL = "\ncrc32c=%08x\n";
  private static final int SEAL_BYTES = 17;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * The facts as the block can hold them. A provider's value that is too long for the block is left
   * out from the start, so that responses are the same before and after a restart. A name is
   * shortened instead.
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
            Optional.empty(),
            facts.response());
    GenerationFacts shared =
        facts
            .adoptedFrom()
            .filter(file -> leavesRoom(kept, file))
            .map(kept::withAdoptedFrom)
            .orElse(kept);
    return facts
        .original()
        .filter(letters -> leavesRoom(shared, letters))
        .map(shared::withOriginal)
        .orElse(shared);
  }

  /** Whether a text fits into the space that the other facts leave, for any media file name. */
  private static boolean leavesRoom(GenerationFacts others, String text) {
    String media = "m".repeat(MOST_TEXT);
    String key = "k".repeat(MOST_NAME);
    SidecarBlock fullest = new SidecarBlock(key, key, Long.MAX_VALUE, media, others);
    int length = JSON.writeValueAsBytes(text).length;
    return fullest.json().length + LATER + length <= BYTES - SEAL_BYTES;
  }

  private static boolean fits(String text) {
    try {
      return JSON.writeValueAsBytes(text).length <= MOST_TEXT;
    } catch (JacksonException _) {
      return false;
    }
  }

  /** The tag that ties a journal record to this block. */
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

  /** Decodes a block; empty if it is damaged or not ours. */
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

  /**
   * Whether the file was written as a sidecar of that title, or as a draft of one, even if it is
   * damaged now: its first block contains the key, or a power cut left only zeros in its first
   * sector. A foreign file under such a name is left alone. Blocks on the disk.
   */
  static boolean isOurs(Path file, TitleKey key) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return isOurs(in.readNBytes(BYTES), key);
    }
  }

  static boolean isOurs(byte[] start, TitleKey key) {
    String text = new String(start, 0, Math.min(BYTES, start.length), StandardCharsets.ISO_8859_1);
    return text.contains('"' + key.value() + '"')
        || text.chars().limit(SECTOR).allMatch(c -> c == 0);
  }

  private static int checksum(byte[] block) {
    CRC32C crc = new CRC32C();
    crc.update(block, 0, BYTES - SEAL_BYTES);
    return (int) crc.getValue();
  }

  /** The JSON form of the block. */
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
      @Nullable String original,
      @Nullable Long date,
      @Nullable Long age,
      @Nullable Boolean ranges,
      @Nullable String adoptedFrom) {

    static Text of(SidecarBlock block) {
      GenerationFacts facts = block.facts();
      return new Text(
          FORMAT,
          block.key(),
          block.generation(),
          block.begun(),
          block.media(),
          facts.name(),
          boxed(facts.total()),
          facts.strongValidator().orElse(null),
          facts.lastModified().orElse(null),
          facts.contentType(),
          facts.contentDisposition().orElse(null),
          facts.account(),
          facts.finalHost(),
          facts.original().orElse(null),
          boxed(facts.response().date()),
          facts.response().age(),
          facts.response().hasRanges(),
          facts.adoptedFrom().orElse(null));
    }

    private static @Nullable Long boxed(OptionalLong value) {
      return value.isPresent() ? Long.valueOf(value.getAsLong()) : null;
    }

    private static OptionalLong optional(@Nullable Long value) {
      return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** Empty in sidecars that were written before there were such facts. */
    private ResponseFacts response() {
      return new ResponseFacts(optional(date), age == null ? 0 : age, ranges != null && ranges);
    }

    SidecarBlock block() {
      GenerationFacts facts =
          new GenerationFacts(
              optional(total),
              Optional.ofNullable(strongValidator),
              Optional.ofNullable(lastModified),
              contentType,
              Optional.ofNullable(contentDisposition),
              name,
              account,
              finalHost,
              Optional.ofNullable(original),
              response(),
              Optional.ofNullable(adoptedFrom));
      return new SidecarBlock(key, generation, begun, media, facts);
    }
  }
}
