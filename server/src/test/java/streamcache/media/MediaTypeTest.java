package streamcache.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypeTest {

  private static final byte[] NONE = {};
  private static final byte[] WEBM = "\u001aE\u00df\u00a3....webm".getBytes(ISO_8859_1);

  @ParameterizedTest
  @CsvSource({
    "video/mp4, film.mkv, video/mp4",
    "'Video/MP4; charset=utf-8', film.mkv, video/mp4",
    "application/octet-stream, film.MKV, video/x-matroska",
    "text/plain, film.ts, video/mp2t",
    "audio/x-mpegurl, film.avi, video/x-msvideo",
    "nonsense, film.mp4, video/mp4",
    "application/octet-stream, film, video/webm",
    "application/octet-stream, 'film.with.dots (2020)', video/webm",
  })
  void forPlayers_provider_thenExtension_thenBytes(String provider, String name, String expected) {
    assertThat(MediaType.forPlayers(Optional.of(provider), List.of(name), WEBM))
        .isEqualTo(expected);
  }

  @Test
  void forPlayers_nothingKnown_stillMedia() {
    assertThat(MediaType.forPlayers(Optional.empty(), List.of("x"), NONE)).isEqualTo("video/mp4");
  }

  @Test
  void forPlayers_severalNames_firstKnownExtensionWins() {
    assertThat(MediaType.forPlayers(Optional.empty(), List.of("x.php", "y.webm"), NONE))
        .isEqualTo("video/webm");
  }

  @Test
  void type_marksOfContainers_known() {
    assertThat(sniffed("\u001aE\u00df\u00a3....matroska")).contains("video/x-matroska");
    assertThat(sniffed("\0\0\0\u0018ftypisom....")).contains("video/mp4");
    assertThat(sniffed("\0\0\0\u0018ftypqt  ....")).contains("video/quicktime");
    assertThat(sniffed("RIFF....AVI LIST")).contains("video/x-msvideo");
    assertThat(sniffed("FLV\u0001....")).contains("video/x-flv");
    assertThat(sniffed("ID3\u0004....")).contains("audio/mpeg");
    assertThat(sniffed("OggS....")).contains("video/ogg");
    assertThat(sniffed("\0\0\u0001\u00ba....")).contains("video/mpeg");
  }

  @Test
  void type_transportStream_needsTwoMarks() {
    byte[] packets = new byte[400];
    packets[0] = 0x47;
    assertThat(MediaSniff.type(packets)).isEmpty();
    packets[188] = 0x47;
    assertThat(MediaSniff.type(packets)).contains("video/mp2t");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Go away", "<html>", "{\"error\":1}", "", "RIFFraff and more text"})
  void type_notMedia_unknown(String text) {
    assertThat(sniffed(text)).isEmpty();
  }

  private static Optional<String> sniffed(String text) {
    return MediaSniff.type(text.getBytes(ISO_8859_1));
  }
}
