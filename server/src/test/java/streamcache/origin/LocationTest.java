package streamcache.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.link.BadLink;
import streamcache.link.HttpUrl;

/** What a redirect means, and which redirects are refused. */
final class LocationTest {

  private static final HttpUrl FROM = Fetches.url("http://from.example/a/b?q=/1/2");

  private static HttpUrl resolve(String location) throws BadTarget {
    return Location.resolve(FROM, location);
  }

  @Test
  void resolve_wholeUrl_keepsPathAndQueryAsWritten() throws BadTarget {
    HttpUrl url = resolve("HTTPS://u:p%40s@Example.COM:8443/x%2Fy//z/../w|v?q=a+b#part");
    assertThat(url.scheme()).isEqualTo("https");
    assertThat(url.address()).isEqualTo("example.com");
    assertThat(url.effectivePort()).isEqualTo(8443);
    assertThat(url.target()).isEqualTo("/x%2Fy//z/../w|v?q=a+b");
    assertThat(url.userinfo()).contains("u:p%40s");
    assertThat(url.authority()).isEqualTo("example.com:8443");
    assertThat(url).hasToString("https://example.com:8443/~");
  }

  @ParameterizedTest
  @CsvSource({
    "http://example.com, 80, /, example.com",
    "https://example.com:443?a=/b, 443, /?a=/b, example.com",
    "http://[2001:DB8::1]:81/x, 81, /x, [2001:db8::1]:81",
    "http://h:/a b, 80, /a%20b, h",
    "http://h/\u00c3\u00bc, 80, /%C3%BC, h",
    "http://h/\u00fc, 80, /%FC, h",
    "http://h/\u4e2d, 80, /%E4%B8%AD, h",
    "http://m\u00c3\u00bcller.example/, 80, /, xn--mller-kva.example",
    "http://h./x, 80, /x, h",
    "http://127.0.0.1./x, 80, /x, 127.0.0.1",
    "http://%31%32%37.0.0.1/x, 80, /x, 127.0.0.1",
    "http://my_provider:81/x, 81, /x, my_provider:81",
    "http://good@evil/x, 80, /x, evil",
    "http://good:80#@evil/x, 80, /, good",
    "http://good?@evil/x, 80, /?@evil/x, good",
    "http://[::FFFF:127.0.0.1]/x, 80, /x, [::ffff:127.0.0.1]",
    "http://h/a\\b?c\\d, 80, /a%5Cb?c%5Cd, h",
  })
  void resolve_oddButClear_understood(String url, int port, String target, String authority)
      throws BadTarget {
    HttpUrl resolved = resolve(url);
    assertThat(resolved.effectivePort()).isEqualTo(port);
    assertThat(resolved.target()).isEqualTo(target);
    assertThat(resolved.authority()).isEqualTo(authority);
  }

  /** A redirect to a host is interpreted like a link to it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "h",
        "my_provider",
        "-h",
        "h.",
        "h..",
        "A.Example",
        "a~b.example",
        "127.0.0.1",
        "127.1",
        "0x7f.1",
        "%31%32%37.0.0.1",
        "[::1]",
        "[2001:DB8::1]",
        "[::1%eth0]",
        "[127.0.0.1]",
        "[",
        "a!b",
        "xn--mller-kva.example"
      })
  void resolve_host_asTheGrammarOfLinks(String host) {
    assertThat(ofRedirect(host)).isEqualTo(ofLink(host));
  }

  private static Optional<String> ofRedirect(String host) {
    try {
      return Optional.of(resolve("http://" + host + "/x").authority());
    } catch (BadTarget _) {
      return Optional.empty();
    }
  }

  private static Optional<String> ofLink(String host) {
    try {
      return Optional.of(HttpUrl.parse("http://" + host + "/x").authority());
    } catch (BadLink _) {
      return Optional.empty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://h/x",
        "http:///x",
        "http://h:99999/",
        "http://h:0/",
        "http://a b/",
        "http://h%00/",
        "http://[::1/x",
        "http://%5B::1%5D/x",
        "http://a~b.example/x",
        "http://h:80:80/",
        "http://a\\b/",
        "//a\\b/",
        "http://h:8o/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.0.0.1/",
        "http://0177.0.0.1/",
        "http://127.0.0.1.1/",
        "http://127.0.0.256/",
        "http://1/",
        "http://h.1/",
        "http://%31/",
        "http://\u00ef\u00bc\u0091\u00ef\u00bc\u0092\u00ef\u00bc\u0097.1/",
        "http://a..b/",
        "http://.h/",
        "http://h../",
        "http://./",
        "http://[::1%25lo]/",
        "http://[fe80::1%eth0]/",
        "http://[127.0.0.1]/",
        "http://[::::]/",
        "http://[1:2:3]/",
        "http://[]/",
        "http://good@evil@h/",
        "http://good\\@h/",
        "http://h\\/x"
      })
  void resolve_unclear_refused(String location) {
    assertThatThrownBy(() -> resolve(location)).isInstanceOf(BadTarget.class);
  }

  @ParameterizedTest
  @CsvSource({
    "http://other/z, http://other/z",
    "//other:81/z, http://other:81/z",
    "/z?k=v, http://h/z?k=v",
    "z, http://h/a/z",
    "./z, http://h/a/z",
    "../z, http://h/z",
    "../../../z, http://h/z",
    "z/., http://h/a/z/",
    "?k=v, http://h/a/b?k=v",
    "/a b.mkv#t, http://h/a%20b.mkv",
    "other.example/z, http://h/a/other.example/z",
    "z?back=../x, http://h/a/z?back=../x",
  })
  void resolve_location_meansWhatBrowsersTake(String location, String expected) throws BadTarget {
    HttpUrl from = Fetches.url("http://user:pw@h/a/b?q=/1/2");
    assertThat(Location.resolve(from, location)).isEqualTo(Fetches.url(expected));
  }

  @Test
  void resolve_passwordOutOfTls_refused() throws BadTarget {
    HttpUrl secure = Fetches.url("https://h/a");
    assertThatThrownBy(() -> Location.resolve(secure, "http://u:p@h/b"))
        .isInstanceOf(BadTarget.class);
    assertThat(Location.resolve(secure, "https://u:p@h/b").userinfo()).contains("u:p");
    assertThat(Location.resolve(secure, "http://h/b").tls()).isFalse();
    assertThat(resolve("http://u:p@h/b").userinfo()).contains("u:p");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "rtmp://h/x", "mailto:a", "http:/x"})
  void resolve_nowhere_refused(String location) {
    assertThatThrownBy(() -> resolve(location)).isInstanceOf(BadTarget.class);
  }
}
