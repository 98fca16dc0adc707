package streamcache.catalog;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read from playlists of every dialect, and what is said about other files. */
final class PlaylistReaderTest {

  private static final String LETTERS = "abcXYZ äöß日本🎬 -&=|,;:'()[]0123";

  private record Bytes(byte[] bytes) implements CatalogSource {
    @Override
    public String shownName() {
      return "bytes";
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(bytes);
    }
  }

  private static List<PlaylistItem> read(byte[] bytes) throws IOException {
    List<PlaylistItem> items = new ArrayList<>();
    try (PlaylistReader reader = PlaylistReader.open(new Bytes(bytes))) {
      for (Optional<PlaylistItem> item = reader.next(); item.isPresent(); item = reader.next()) {
        items.add(item.get());
      }
    }
    return items;
  }

  private static List<PlaylistItem> read(String text) throws IOException {
    return read(text.getBytes(UTF_8));
  }

  private static String target(String lines) throws IOException {
    return read("#EXTM3U\n" + lines).getFirst().target().reveal();
  }

  @ParameterizedTest
  @CsvSource({"'\n'", "'\r\n'", "'\r'"})
  void read_anyLineEnd_andAMark(String end) throws IOException {
    String text = "\uFEFF\n#EXTM3U\n\n#EXTINF:-1,One\nhttp://h/1\n#EXTINF:-1,Two\nhttp://h/2";

    assertThat(read(text.replace("\n", end)))
        .extracting(PlaylistItem::name)
        .containsExactly("One", "Two");
  }

  @Test
  void read_lineInLatin1_isReadAsSuch() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write("#EXTM3U\n#EXTINF:-1,Amélie\nhttp://h/1\n".getBytes(UTF_8));
    bytes.write("#EXTINF:-1,Amélie\nhttp://h/2\n".getBytes(ISO_8859_1));

    assertThat(read(bytes.toByteArray()))
        .extracting(PlaylistItem::name)
        .containsExactly("Amélie", "Amélie");
  }

  @Test
  void read_packed_isUnpacked() throws IOException {
    byte[] text = "#EXTM3U\n#EXTINF:-1,One\nhttp://h/1\n".getBytes(UTF_8);
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
      out.write(text);
    }
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(zip)) {
      out.putNextEntry(new ZipEntry("readme.html"));
      out.write("<html>".getBytes(UTF_8));
      out.putNextEntry(new ZipEntry("list.M3U8"));
      out.write(text);
    }

    assertThat(read(gzip.toByteArray())).isEqualTo(read(text)).hasSize(1);
    assertThat(read(zip.toByteArray())).isEqualTo(read(text));
  }

  @Test
  void read_group_ofAttributeOrLine() throws IOException {
    String text =
        """
        #EXTM3U
        #EXTGRP:Line
        #EXTINF:-1 group-title="Attribute",A
        http://h/1
        #EXTINF:-1 group-title="",B
        #EXTGRP:Line
        http://h/2
        #EXTINF:-1,C
        http://h/3
        """;

    assertThat(read(text)).extracting(PlaylistItem::group).containsExactly("Attribute", "Line", "");
  }

  @Test
  void read_headerLines_becomeTheSuffix() throws IOException {
    assertThat(target("#EXTVLCOPT:http-user-agent=My Agent/1\nhttp://h/1"))
        .isEqualTo("http://h/1|User-Agent=My%20Agent%2F1");
    assertThat(target("#EXTVLCOPT:http-referrer=http://r/?a&b\nhttp://h/1"))
        .isEqualTo("http://h/1|Referer=http%3A%2F%2Fr%2F%3Fa%26b");
    assertThat(
            target(
                "#KODIPROP:inputstream.adaptive.stream_headers=User-Agent=A%20B&Referer=r\n"
                    + "#KODIPROP:inputstream=inputstream.adaptive\nhttp://h/1"))
        .isEqualTo("http://h/1|User-Agent=A%20B&Referer=r");
    assertThat(target("#EXTHTTP:{\"cookie\":\"a=\\\"1\\\"\", \"n\": 1}\nhttp://h/1"))
        .isEqualTo("http://h/1|Cookie=a%3D%221%22");
    assertThat(target("#EXTINF:-1 http-user-agent=\"Z\",N\nhttp://h/1"))
        .isEqualTo("http://h/1|User-Agent=Z");
  }

  @Test
  void read_suffixOfTheUrl_takesPrecedence() throws IOException {
    assertThat(
            target(
                "#EXTVLCOPT:http-user-agent=Z\n#EXTVLCOPT:http-referrer=r\n"
                    + "http://h/1|user-agent=A"))
        .isEqualTo("http://h/1|user-agent=A&Referer=r");
  }

  @Test
  void read_directive_belongsToTheNextUrlOnly() throws IOException {
    List<PlaylistItem> items =
        read("#EXTM3U\n#EXTVLCOPT:http-user-agent=Z\nhttp://h/1\n#EXTINF:-1,N\nhttp://h/2\n");

    assertThat(items.getLast().target().reveal()).isEqualTo("http://h/2");
  }

  @Test
  void read_endlessLine_isCutAndTheRestRead() throws IOException {
    String text = "#EXTM3U\n#EXTINF:-1,A" + "a".repeat(200_000) + "\nhttp://h/1\nhttp://h/2\n";

    List<PlaylistItem> items = read(text);
    assertThat(items).hasSize(2);
    assertThat(items.getFirst().name().length()).isLessThan(PlaylistLines.LONGEST);
  }

  @ParameterizedTest
  @CsvSource({
    "'',                                       empty",
    "'\n \n',                                  empty",
    "'<!DOCTYPE html><html>',                  web page",
    "'{\"user_info\":{\"auth\":0}}',           JSON",
    "'#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\na.ts', HLS",
    "hello,                                    another text",
  })
  void open_somethingElse_saysWhatItIs(String text, String what) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(PlaylistException.class)
        .hasMessageContaining(what);
  }

  @Test
  void open_binaryFile_saysSo() {
    assertThatThrownBy(() -> read(new byte[] {0, 1, 2, 'R', 'A', 'R', 0}))
        .isInstanceOf(PlaylistException.class)
        .hasMessageContaining("binary");
  }

  @Test
  void toString_ofAnItem_hidesTheUrl() throws IOException {
    PlaylistItem item =
        read("#EXTM3U\n#EXTINF:-1 x=\"http://h/a/opensesame\",N\nhttp://h/opensesame").getFirst();

    assertThat(item.toString() + item.target()).doesNotContain("sesame");
  }

  /** Names and values of any letters come back, however the line is written. */
  @Test
  void read_anythingWritten_comesBack() throws IOException {
    long seed = new Random().nextLong();
    System.out.println("PlaylistReaderTest seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 2000; round++) {
      String name = text(random).strip();
      String group = text(random).replace("'", "").strip();
      String quote = random.nextBoolean() ? "\"" : "'";
      String line =
          "#EXTINF:-1 group-title=" + quote + group + quote + " tvg-id=\"x\"," + name + "\n";
      PlaylistItem item = read("#EXTM3U\n" + line + "http://h/1\n").getFirst();

      assertThat(item.name()).as("seed %d: %s", seed, line).isEqualTo(name);
      assertThat(item.group()).as("seed %d: %s", seed, line).isEqualTo(group);
    }
  }

  private static String text(Random random) {
    int[] letters = LETTERS.codePoints().toArray();
    StringBuilder text = new StringBuilder();
    for (int at = 0; at < 12; at++) {
      text.appendCodePoint(letters[random.nextInt(letters.length)]);
    }
    return text.toString();
  }
}
