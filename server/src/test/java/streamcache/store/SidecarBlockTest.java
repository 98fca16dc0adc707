package streamcache.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.link.TitleKey;

/** What a sidecar keeps of a generation, above all its original. */
final class SidecarBlockTest {

  private static final String KEY = "a".repeat(26);
  private static final TitleKey TITLE = new TitleKey(KEY);

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 1000, 2000})
  void original_thatLeavesRoom_isKept(int length) {
    GenerationFacts kept = SidecarBlock.kept(facts("Film.mkv", "", original(length)), TITLE);

    assertThat(kept.original()).contains(original(length));
    assertThat(again(kept)).isEqualTo(kept);
  }

  @Test
  void original_ofEveryLength_neverSpoilsTheBlock() {
    int longest = 0;
    for (int length = 1; length < 5000; length += 13) {
      for (String filling : new String[] {"", "\"", "é", "x"}) {
        String most = filling.repeat(filling.equals("x") ? 440 : 200);
        GenerationFacts kept = SidecarBlock.kept(facts(most, most, original(length)), TITLE);
        assertThat(again(kept)).isEqualTo(kept);
        // A total that becomes known, and the longest name of a media file.
        assertThat(again(kept.withTotal(Long.MAX_VALUE)).original()).isEqualTo(kept.original());
        longest = kept.original().isPresent() ? Math.max(longest, length) : longest;
      }
    }
    assertThat(longest).isBetween(2500, 4000);
  }

  @Test
  void original_tooLong_isLeftOutAndNothingElse() {
    GenerationFacts kept = SidecarBlock.kept(facts("Film.mkv", "x", original(4000)), TITLE);

    assertThat(kept.original()).isEmpty();
    assertThat(kept.name()).isEqualTo("Film.mkv");
    assertThat(kept.contentDisposition()).contains("x");
  }

  @Test
  void block_withoutOriginal_isRead() {
    GenerationFacts kept = SidecarBlock.kept(facts("Film.mkv", "x", ""), TITLE);

    assertThat(again(kept)).isEqualTo(kept);
    assertThat(again(kept).original()).isEmpty();
  }

  @Test
  void block_factsOfTheResponse_areKept() {
    ResponseFacts response = new ResponseFacts(OptionalLong.of(1_767_225_600), 500, true);
    GenerationFacts kept = SidecarBlock.kept(with(response), TITLE);

    assertThat(again(kept).response()).isEqualTo(response);
    assertThat(again(kept.withTotal(5).withOriginal("o")).response()).isEqualTo(response);
  }

  /** Sidecars of earlier versions have no such lines. */
  @Test
  void block_withoutFactsOfTheResponse_isRead() {
    GenerationFacts kept =
        SidecarBlock.kept(with(new ResponseFacts(OptionalLong.of(1), 500, true)), TITLE);
    SidecarBlock block = new SidecarBlock(KEY, "0123456789abcdef", 1L << 40, "m.mkv", kept);
    String written = new String(block.encode().array(), ISO_8859_1);

    String earlier = written.replaceAll(",\\s*\"(date|age|ranges)\" : [0-9a-z]+", "");
    assertThat(earlier).hasSizeLessThan(written.length() - 40);
    GenerationFacts read = SidecarBlock.decode(sealed(earlier)).orElseThrow().facts();

    assertThat(read.response()).isEqualTo(ResponseFacts.UNKNOWN);
    assertThat(read.name()).isEqualTo(kept.name());
  }

  /** Pads a text that has become shorter, and gives it a new checksum. */
  private static byte[] sealed(String text) {
    int json = text.lastIndexOf('}') + 1;
    String block = text.substring(0, json) + " ".repeat(SidecarBlock.BYTES - 17 - json);
    CRC32C crc = new CRC32C();
    crc.update(block.getBytes(ISO_8859_1));
    return (block + "\ncrc32c=%08x\n".formatted((int) crc.getValue())).getBytes(ISO_8859_1);
  }

  private static GenerationFacts with(ResponseFacts response) {
    GenerationFacts plain = facts("Film.mkv", "x", "");
    return new GenerationFacts(
        plain.total(),
        plain.strongValidator(),
        plain.lastModified(),
        plain.contentType(),
        plain.contentDisposition(),
        plain.name(),
        plain.account(),
        plain.finalHost(),
        plain.original(),
        response);
  }

  /** Found by hand: the media file was named after the key. */
  @Test
  void name_tooLong_isCutAndKeepsItsExtension() {
    String name = "映画".repeat(100) + ".mkv";
    GenerationFacts kept = SidecarBlock.kept(facts(name, "x", ""), TITLE);

    assertThat(kept.name()).startsWith("映画").endsWith(".mkv");
    assertThat(MediaName.of(kept, TITLE).plain()).isEqualTo(kept.name());
    assertThat(again(kept)).isEqualTo(kept);
  }

  @Test
  void disposition_tooLong_stillNamesTheFile() {
    String sent = "attachment; filename=\"" + "Film ".repeat(100) + ".mkv\"";
    GenerationFacts kept = SidecarBlock.kept(facts("123.mkv", sent, ""), TITLE);

    assertThat(kept.contentDisposition()).isEmpty();
    assertThat(kept.name()).startsWith("Film Film").endsWith(".mkv").hasSizeBetween(190, 200);
  }

  private static GenerationFacts again(GenerationFacts facts) {
    String media = "m".repeat(220) + ".mkv";
    SidecarBlock block = new SidecarBlock(KEY, "0123456789abcdef", 1L << 40, media, facts);
    byte[] bytes = block.encode().array();
    assertThat(bytes).hasSize(SidecarBlock.BYTES);
    return SidecarBlock.decode(bytes).orElseThrow().facts();
  }

  private static String original(int length) {
    return "o".repeat(length);
  }

  private static GenerationFacts facts(String name, String other, String original) {
    return new GenerationFacts(
        OptionalLong.empty(),
        Optional.of(other),
        Optional.of(other),
        "video/x-matroska",
        Optional.of(other),
        name,
        "h:80",
        other,
        Optional.of(original).filter(text -> !text.isEmpty()));
  }
}
