package streamcache.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The name that people see and the account that a provider counts. */
final class LinkNamesTest {

  private final LinkCodec codec = new LinkCodec();

  @ParameterizedTest
  @CsvSource({
    "http://h/a/Film%20One.mkv?token=x,      Film One.mkv",
    "http://h/movie/USER/PASS/123.mkv,       123.mkv",
    "http://h/movie/USER/PASS,               h",
    "http://h/movie/USER/PASS/,              h",
    "http://h/live/USER,                     h",
    "http://h/a/,                            h",
    "http://h,                               h",
    "http://h/get.php?username=u&password=p, get.php",
    "http://h/proxy/http%3A%2F%2Fo%2Fsecret, h",
    "http://h/a%00%0Ab%E2%80%AEc.mkv,        abc.mkv",
    "http://[::1]:81/,                       [::1]",
    "http://h/%20,                           h",
  })
  void name_withoutCosmeticOne_isTheLastElement(String url, String name) throws BadLink {
    assertThat(codec.decode(codec.encode(url)).name()).isEqualTo(name);
  }

  @Test
  void name_cosmetic_isCleanedAndShortened() throws BadLink {
    String link = codec.encode("http://h/movie/USER/PASS/123.mkv");

    assertThat(codec.decode(link + "/Film%0A%1b[1m.mkv").name()).isEqualTo("Film[1m.mkv");
    assertThat(codec.decode(link + "/%0A..%00").name()).isEqualTo("123.mkv");
    assertThat(codec.decode(link + "/http%3A%2F%2Fsecret.example").name()).isEqualTo("123.mkv");
    assertThat(codec.decode(link + "/" + ".%F0%9F%8E%AC".repeat(200)).name())
        .hasSizeBetween(253, 255)
        .doesNotEndWith("\ud83c");
  }

  @ParameterizedTest
  @CsvSource({
    "http://h/a,                           h:80",
    "https://h/a,                          h:443",
    "https://H:8443/a,                     h:8443",
    "http://[::1]/a,                       [::1]:80",
    "http://@h/a,                          h:80",
    "http://h/movie/,                      h:80",
    "http://h/movie/USER/PASS,             h:80",
    "http://h/files/movie/USER/PASS/1.mkv, h:80",
  })
  void account_withoutUser_isHostAndPort(String url, String account) throws BadLink {
    assertThat(codec.decode(codec.encode(url)).account().value()).isEqualTo(account);
  }

  @ParameterizedTest
  @CsvSource({
    "http://h/movie/anna/PASS/1.mkv,             true",
    "http://h/series/anna/PASS/2.mkv,            true",
    "http://h/live/anna/PASS/3.ts,               true",
    "http://h/timeshift/anna/PASS/60/2020/4.ts,  true",
    "http://h/hls/anna/PASS/5/x.m3u8,            true",
    "http://h/movie/%61nna/PASS/1.mkv,           true",
    "http://h:80/movie/anna/OTHER/1.mkv,         true",
    "http://anna:p@h/a,                          false",
    "http://anna@h/a,                            false",
    "http://h/get.php?x=1&username=anna&type=m3u, false",
  })
  void account_sameUserHoweverNamed_isOne(String url, boolean xtream) throws BadLink {
    Link link = codec.decode(codec.encode(url));

    AccountId reference = codec.decode(codec.encode("http://h/movie/anna/x/y")).account();
    assertThat(link.account()).isEqualTo(reference);
    assertThat(link.account().value()).matches("h:80~[0-9a-f]{6}");
    assertThat(link.isXtream()).isEqualTo(xtream);
  }

  @Test
  void account_otherUserOrHost_isAnother() throws BadLink {
    AccountId anna = codec.decode(codec.encode("http://h/movie/anna/x/y")).account();

    assertThat(codec.decode(codec.encode("http://h/movie/bert/x/y")).account()).isNotEqualTo(anna);
    assertThat(codec.decode(codec.encode("http://i/movie/anna/x/y")).account()).isNotEqualTo(anna);
  }
}
