package streamcache.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The names were computed with {@code printf URL | md5sum}, as the nginx version does in Lua. */
final class OldCacheNameTest {

  @Test
  void of_plainUrl_isTheDigestOfItsText() throws BadLink {
    assertThat(OldCacheName.of(HttpUrl.parse("http://panel.example:8080/movie/u/p/1.mkv")))
        .containsExactly("a1090480e2567759379552e9c1f8ac03");
  }

  @Test
  void of_urlWithUserAndQuery_coversBoth() throws BadLink {
    assertThat(OldCacheName.of(HttpUrl.parse("https://u:p@host.example/a.mp4?t=1&x=/")))
        .containsExactly("04c451a247baa5170ed59a876e51c894");
  }

  @Test
  void of_urlWithBlanks_isFoundAsWrittenToo() throws BadLink {
    assertThat(OldCacheName.of(HttpUrl.parse("http://host.example/My Film é.mkv")))
        .hasSize(2)
        .contains("c103ef3a6e0e8a0813bded1cbc773a6c");
  }
}
