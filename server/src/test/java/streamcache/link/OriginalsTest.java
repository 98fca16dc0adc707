package streamcache.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What sidecars reveal of a URL: all of it to the owner, nothing to anyone else. */
final class OriginalsTest {

  private final LinkCodec codec = new LinkCodec();
  private final Originals originals = new Originals(TestKeys.of("k"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://h/a.mkv",
        "https://us%65r:p%40ss@h:8443/movie/USER/PASS/1.mkv?token=%7e",
        "http://user@h/a",
        "http://[::1]:81/é x",
        "http://h/a|Cookie=a%3Db&Authorization=Bearer%20x&User-Agent=V",
        "http://u:p@h/a|Authorization=x",
        "http://u:p@h/a|Authorization=Basic%20dTpw",
      })
  void open_sealed_isTheSameTitleAndRequest(String url) throws BadLink {
    Link link = codec.decode(codec.encode(url) + "/Name.mkv");

    String sealed = originals.seal(link).orElseThrow();
    Link opened = originals.open(sealed).link();

    assertThat(sealed).startsWith("original:k").matches("[!-~]+");
    assertThat(Originals.isSealed(sealed)).isTrue();
    assertThat(opened.key()).isEqualTo(link.key());
    assertThat(opened.url()).isEqualTo(link.url());
    assertThat(opened.account()).isEqualTo(link.account());
    assertThat(opened.headers()).isEqualTo(link.headers());
    assertThat(originals.seal(opened)).contains(sealed);
  }

  @Test
  void open_changedOrForeign_isRefused() throws BadLink {
    String sealed = originals.seal(codec.decode(codec.encode("http://h/a"))).orElseThrow();

    for (String text : new String[] {"", "original:", "original:k", sealed + "A", "original:k!"}) {
      assertThatThrownBy(() -> originals.open(text)).isInstanceOf(BadLink.class);
    }
    assertThatThrownBy(() -> new Originals(TestKeys.impostor('k')).open(sealed))
        .hasMessageContaining("changed");
    assertThatThrownBy(() -> new Originals(TestKeys.of("x")).open(sealed))
        .hasMessageContaining("does not have");
    assertThat(new Originals(TestKeys.of("xk")).open(sealed).keyId()).contains('k');
  }

  @Test
  void seal_withoutKeys_isNothing() throws BadLink {
    Link link = codec.decode(codec.encode("http://h/a"));

    assertThat(new Originals(KeyRing.empty()).seal(link)).isEmpty();
  }
}
