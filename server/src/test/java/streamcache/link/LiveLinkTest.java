package streamcache.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which links say that they lead to a live channel. */
final class LiveLinkTest {

  private static final String URL = "http://panel.example:8080/watch/1.ts";

  private static Link link(String text) throws BadLink {
    LinkCodec codec = new LinkCodec();
    return codec.decode(codec.encode(text));
  }

  @ParameterizedTest
  @CsvSource({
    "/live/joe/secret/1.ts, true",
    "/live/joe/secret/1, true",
    "/live/joe/secret/1.ts?token=x, true",
    "/movie/joe/secret/1.ts, false",
    "/series/joe/secret/1.ts, false",
    "/timeshift/joe/secret/60/2026-01-01/1.ts, false",
    "/live/1.ts, false",
    "/live/joe/secret/, false",
    "/films/live/joe/secret/1.ts, false",
    "/live/joe/secret/a/1.ts, false"
  })
  void decode_path_liveOnlyInTheShapeOfAChannel(String path, boolean isLive) throws BadLink {
    assertThat(link("http://panel.example" + path).isLive()).isEqualTo(isLive);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#EXTINF:-1,One\n" + URL,
        "#EXTINF:-1 tvg-id=\"one\" group-title=\"News, all\",One\r\n" + URL + "\r\n",
        "#EXTM3U\n#EXTINF: -1,One\n" + URL + "\n",
        "  #EXTINF:-1,One\n#EXTVLCOPT:http-user-agent=x\n" + URL
      })
  void decode_entryWithoutAnEnd_isLiveAndTheSameTitle(String text) throws BadLink {
    Link link = link(text);
    assertThat(link.isLive()).isTrue();
    assertThat(link.key()).isEqualTo(link(URL).key());
    assertThat(link.url().reveal()).isEqualTo(URL);
  }

  @ParameterizedTest
  @ValueSource(strings = {URL, "#EXTINF:5400,Film\n" + URL, "#EXTM3U\n" + URL, "#EXTINF:x\n" + URL})
  void decode_noEntryOrOneWithALength_isNotLive(String text) throws BadLink {
    assertThat(link(text).isLive()).isFalse();
    assertThat(link(text).url().reveal()).isEqualTo(URL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"#EXTINF:-1,One", "#EXTINF:-1,One\n" + URL + "\n" + URL, "#EXTINF:-1,One " + URL})
  void decode_entryWithoutOneUrl_isRefused(String text) {
    assertThat(refusal(text)).isPresent();
  }

  private static Optional<BadLink> refusal(String text) {
    try {
      Link _ = link(text);
      return Optional.empty();
    } catch (BadLink e) {
      return Optional.of(e);
    }
  }

  @Test
  void encode_sealed_staysLive() throws Exception {
    String text = "#EXTINF:-1,One\n" + URL;
    Payload payload = Payload.of(text, Original.parse(text), /* expires= */ Optional.empty());
    assertThat(Payload.decode(payload.encode())).isEqualTo(payload);
    assertThat(Payload.decode(payload.encode()).original().isLive()).isTrue();
  }
}
