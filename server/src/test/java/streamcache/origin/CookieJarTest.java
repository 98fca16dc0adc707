package streamcache.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamcache.link.HttpUrl;

class CookieJarTest {

  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

  private final CookieJar jar = new CookieJar(List.of());

  @ParameterizedTest
  @CsvSource({
    "a=1, http://www.h.example/any, true",
    "a=1, http://other.example/any, false",
    "a=1, http://sub.www.h.example/any, false",
    "a=1; Domain=.h.example, http://cdn.h.example/any, true",
    "a=1; Domain=h.example, http://evilh.example/any, false",
    "a=1; Domain=example, http://other.example/any, false",
    "a=1; Domain=other.example, http://other.example/any, false",
    "a=1; Path=/films, http://www.h.example/films/x, true",
    "a=1; Path=/films, http://www.h.example/filmsx, false",
    "a=1; Path=/films, http://www.h.example/, false",
    "a=1; Secure, http://www.h.example/any, false",
    "a=1; Secure, https://www.h.example/any, true",
    "a=1; Max-Age=0, http://www.h.example/any, false",
    "'a=1; Expires=Thu, 01-Jan-1970 00:00:00 GMT', http://www.h.example/any, false",
    "'a=1; Expires=Thu, 01 Jan 2099 00:00:00 GMT', http://www.h.example/any, true",
    "'a=1; Max-Age=60; Expires=Thu, 01-Jan-1970 00:00:00 GMT', http://www.h.example/any, true",
    "'a=1; Expires=Thu, 01-Jan-1970 00:00:00 GMT; Max-Age=60', http://www.h.example/any, true",
    "'a=1; Max-Age=0; Expires=Thu, 01 Jan 2099 00:00:00 GMT', http://www.h.example/any, false",
    "'a=1; Expires=Thu, 01 Jan 2099 00:00:00 GMT; Max-Age=-1', http://www.h.example/any, false",
    "'a=1; Max-Age=soon; Expires=Thu, 01-Jan-1970 00:00:00 GMT', http://www.h.example/any, false",
  })
  void header_laterHop_cookieGoesWhereItBelongs(String line, String hop, boolean goes) {
    jar.take(line, Fetches.url("http://www.h.example/login"), NOW);
    Optional<String> expected = goes ? Optional.of("a=1") : Optional.empty();
    assertThat(jar.header(Fetches.url(hop), Optional.empty())).isEqualTo(expected);
  }

  @Test
  void header_setOverTls_neverSentInClear() {
    jar.take("a=1", Fetches.url("https://h.example/"), NOW);
    assertThat(jar.header(Fetches.url("http://h.example/"), Optional.empty())).isEmpty();
  }

  @Test
  void header_ownAndSet_inOneLine() {
    HttpUrl hop = Fetches.url("http://h.example/");
    jar.take("a=1", hop, NOW);
    jar.take("a=2; Path=/", hop, NOW);
    jar.take("b=3", hop, NOW);
    assertThat(jar.header(hop, Optional.of("own=0"))).contains("own=0; a=2; b=3");
  }

  @Test
  void take_endlessCookies_bounded() {
    HttpUrl hop = Fetches.url("http://h.example/");
    for (int i = 0; i < 1000; i++) {
      jar.take("c" + i + "=1", hop, NOW);
    }
    assertThat(jar.cookies()).hasSize(50);
  }
}
