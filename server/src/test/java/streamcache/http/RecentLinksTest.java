package streamcache.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import streamcache.link.BadLink;
import streamcache.link.LinkCodec;

final class RecentLinksTest {

  private final LinkCodec codec = new LinkCodec();
  private final RecentLinks links = new RecentLinks(codec);

  @Test
  void decode_askedAgain_isTheSameLink() throws BadLink {
    String path = codec.encode("http://provider.example/film.mkv");
    assertThat(links.decode(path)).isSameAs(links.decode(path)).isEqualTo(codec.decode(path));
  }

  @Test
  void decode_manyLinks_eachIsItsOwn() throws BadLink {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 3000; i++) {
        String url = "http://provider.example/film" + i + ".mkv";
        assertThat(links.decode(codec.encode(url)).url().reveal()).isEqualTo(url);
      }
    }
  }

  @Test
  void decode_badLink_isRefusedEachTime() {
    assertThatThrownBy(() -> links.decode("!")).isInstanceOf(BadLink.class);
    assertThatThrownBy(() -> links.decode("!")).isInstanceOf(BadLink.class);
  }
}
