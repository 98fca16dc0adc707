package streamcache.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import streamcache.link.BadLink;
import streamcache.link.KeyRing;
import streamcache.link.LinkCodec;
import streamcache.link.Links;
import streamcache.link.OpenedLink;

final class RecentLinksTest {

  private final LinkCodec codec = new LinkCodec();
  private final RecentLinks links = new RecentLinks(new Links(KeyRing.empty()));

  @Test
  void open_askedAgain_isTheSameLink() throws BadLink {
    String base64 = codec.encode("http://provider.example/film.mkv");
    OpenedLink opened = links.open("/u/" + base64);
    assertThat(links.open("/u/" + base64)).isSameAs(opened);
    assertThat(opened.link()).isEqualTo(codec.decode(base64));
  }

  @Test
  void open_manyLinks_eachIsItsOwn() throws BadLink {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 3000; i++) {
        String url = "http://provider.example/film" + i + ".mkv";
        assertThat(links.open("/u/" + codec.encode(url)).link().url().reveal()).isEqualTo(url);
      }
    }
  }

  @Test
  void open_badLink_isRefusedEachTime() {
    assertThatThrownBy(() -> links.open("/u/!")).isInstanceOf(BadLink.class);
    assertThatThrownBy(() -> links.open("/u/!")).isInstanceOf(BadLink.class);
  }
}
