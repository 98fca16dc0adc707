package streamcache.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LinkCodecTest {

  /** Contains both characters in which the base64 alphabets differ, and a base64 slash inside. */
  private static final String URL = "http://h.example/a??>~~/Film.mkv?x=?>~";

  private final LinkCodec codec = new LinkCodec();

  @Test
  void decode_everySpelling_givesTheSameTitle() throws BadLink {
    String urlSafe = Base64.getUrlEncoder().withoutPadding().encodeToString(URL.getBytes(UTF_8));
    String standard = Base64.getEncoder().encodeToString(URL.getBytes(UTF_8));
    assertThat(standard).contains("/", "+", "=");

    Link expected = codec.decode(urlSafe);

    assertThat(expected.url().reveal()).isEqualTo(URL);
    for (String spelling :
        new String[] {
          Base64.getUrlEncoder().encodeToString(URL.getBytes(UTF_8)),
          standard,
          standard.replace("=", ""),
          standard.replace("=", "%3D").replace("+", "%2B").replace("/", "%2F"),
          standard.replace("=", "%3d").replace("+", "%2b").replace("/", "%2f"),
          base64(URL + "\n"),
          base64(" " + URL + " \r\n"),
          base64(URL.replace("http://h.example", "HTTP://H.Example")),
          base64(URL.replace("h.example", "h.example:80")),
          base64(URL + "#t=20"),
        }) {
      assertThat(codec.decode(spelling).key()).as(spelling).isEqualTo(expected.key());
      assertThat(codec.decode(spelling + "/Film.mkv").key()).as(spelling).isEqualTo(expected.key());
    }
  }

  @Test
  void decode_otherUrl_givesAnotherTitle() throws BadLink {
    assertThat(decode("http://h/a").key()).isNotEqualTo(decode("http://h/b").key());
    assertThat(decode("http://h/a").key()).isNotEqualTo(decode("https://h/a").key());
    assertThat(decode("http://h/a").key()).isNotEqualTo(decode("http://h:81/a").key());
    assertThat(decode("http://u:p@h/a").key()).isNotEqualTo(decode("http://h/a").key());
    assertThat(decode("http://h/a?b").key()).isNotEqualTo(decode("http://h/a").key());
  }

  @Test
  void decode_knownUrl_givesTheKeyOfItsDigest() throws BadLink {
    // printf http://h.example/film.mkv | sha256sum | cut -c1-32 | xxd -r -p | base32 | lower case
    assertThat(decode("http://h.example/film.mkv").key().value())
        .isEqualTo("2n3ctyehzmqjn3kyvxn7jg3rpm");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/Movie.mkv",
        "/My%20Movie%20(2020).mkv",
        "/Season%201/Movie.mkv",
        "/a.b",
        "/%E6%98%A0%E7%94%BB.mp4",
        "/Movie%2FPart.mkv",
      })
  void decode_cosmeticName_isNoPartOfTheTitle(String name) throws BadLink {
    Link plain = codec.decode(base64(URL));

    Link named = codec.decode(base64(URL) + name);

    assertThat(named.url()).isEqualTo(plain.url());
    assertThat(named.key()).isEqualTo(plain.key());
    assertThat(named.name()).isEqualTo(Percent.decode(name.substring(name.lastIndexOf('/') + 1)));
  }

  @ParameterizedTest
  @CsvSource({
    "http://h/a b.mkv,                http://h/a%20b.mkv",
    "http://h/é.mkv,                  http://h/%C3%A9.mkv",
    "http://h/映.mkv?q=é x,            http://h/%E6%98%A0.mkv?q=%C3%A9%20x",
    "http://h/%7e~%41%zz%/;,          http://h/%7e~%41%zz%/;",
    "'http://h/a[1]{2}^`\"<>',        'http://h/a[1]{2}^`\"<>'",
    "http://h/a+b&c=d?e=f?g/h,        http://h/a+b&c=d?e=f?g/h",
    "http://h/a/../b//c/.,            http://h/a/../b//c/.",
    "http://h,                        http://h/",
    "http://h?q=1,                    http://h/?q=1",
    "http://h#top,                    http://h/",
    "http://h/a#b#c,                  http://h/a",
    "HTTPS://Example.ORG:8443/A,      https://example.org:8443/A",
    "http://h:/a,                     http://h/a",
    "http://h:080/a,                  http://h:80/a",
    "http://my_provider:8080/a,       http://my_provider:8080/a",
    "http://example.org./a,           http://example.org/a",
    "http://127.0.0.1/a,              http://127.0.0.1/a",
    "http://[2001:DB8::1]/a,          http://[2001:db8::1]/a",
    "http://[::ffff:1.2.3.4]:81/a,    http://[::ffff:1.2.3.4]:81/a",
    "http://bücher.example/a,         http://xn--bcher-kva.example/a",
    "http://u:p@h/a@b,                http://h/a@b",
    "http://@h/a,                     http://h/a",
    "http://h/Tom | Jerry.mkv,        http://h/Tom%20|%20Jerry.mkv",
    "http://h/a|,                     http://h/a",
    "http://h/a |seekable=0,          http://h/a",
  })
  void decode_url_reachesTheProviderAs(String written, String asked) throws BadLink {
    assertThat(decode(written).url().reveal()).isEqualTo(asked);
  }

  @Test
  void decode_rawAndEscapedForeignLetters_areOneTitle() throws BadLink {
    assertThat(decode("http://h/é x").key()).isEqualTo(decode("http://h/%c3%A9%20x").key());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://h/a",
        "file:///etc/passwd",
        "h.example/a.mkv",
        "http:/h/a",
        "http:h",
        "https//h/a",
        "javascript:alert(1)",
        "http://",
        "http:///a",
        "http://?q",
        "http://:80/a",
        "http://user@/a",
        "http://user@host@evil/a",
        "http://user:p@ss@host/a",
        "http://host\\@evil/a",
        "http://h/a\\b",
        "http://h/a\u0000b",
        "http://h/a\tb",
        "http://h/a\r\nHost: evil",
        "http://h/a\u0085b",
        "http://h\u007f/a",
        "http://h h/a",
        "http://h%2e.example/a",
        "http://a..b/a",
        "http://.b/a",
        "http://h:0/a",
        "http://h:65536/a",
        "http://h:+80/a",
        "http://h:80:81/a",
        "http://h:eighty/a",
        "http://::1/a",
        "http://[::1/a",
        "http://[::1]x/a",
        "http://[]/a",
        "http://[1.2.3.4]/a",
        "http://[fe80::1%eth0]/a",
        "http://[:::]/a",
        "http://127.1/a",
        "http://2130706433/a",
        "http://0x7f.0.0.1/a",
        "http://0177.0.0.1/a",
        "http://1.2.3.256/a",
        "http://1.2.3.4.5/a",
        "http://h$/a",
        "http://[h]/a",
      })
  void decode_urlOfNoUse_saysSoWithoutShowingIt(String url) {
    BadLink bad = refused(base64(url));

    assertThat(bad.getMessage()).startsWith("The ").endsWith(".").hasSizeBetween(30, 200);
    assertThat(bad.getMessage()).doesNotContain("evil", "passwd", "p@ss", "2130706433", "eighty");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/Movie.mkv",
        "a",
        "http://h/a",
        "http%3A%2F%2Fh%2Fa",
        "aHR0cDovL2gvYQ==x",
        "aHR0cDov L2gvYQ",
        "%",
        "%zz",
        "%00",
        "....",
        "é",
        "\ud83d",
      })
  void decode_noBase64_isBadLink(String path) {
    assertThat(refused(path).getMessage()).contains("streamcache link URL");
  }

  /**
   * What programs put around the base64: the slash of an address joined to a path, that of a
   * folder, and an extension without a name. The URLs end at each of the three positions of the
   * base64.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://h/a",
        "http://h/ab",
        "http://h/abc",
        "http://h/a?b~~/",
        "http://h/a?\u00ff",
        "http://h/a~~b/c\u00ff",
      })
  void decode_slashesAndExtensionAround_meanTheLink(String url) throws BadLink {
    byte[] text = url.getBytes(UTF_8);
    String standard = Base64.getEncoder().encodeToString(text);
    List<String> links =
        List.of(base64(url), Base64.getUrlEncoder().encodeToString(text), standard);
    for (String link : links) {
      for (String around :
          List.of(
              "/%s",
              "//%s",
              "%s/",
              "%s//",
              "/%s/",
              "%s.mkv",
              "/%s.MP4",
              "%s.ts/",
              "%s//Film.mkv",
              "%s/Film.mkv/",
              "%s///Season%%201//Film.mkv")) {
        assertThat(codec.decode(around.formatted(link)).key())
            .as(around.formatted(link))
            .isEqualTo(decode(url).key());
      }
    }
  }

  /** The last letter of the standard base64 of such a URL is a slash. */
  @Test
  void decode_standardBase64ThatEndsInASlash_keepsIt() throws BadLink {
    String url = "http://h.example/abb~cc?";
    String standard = Base64.getEncoder().encodeToString(url.getBytes(UTF_8));
    assertThat(standard).contains("+").endsWith("/");

    for (String behind : new String[] {"", "/", "//", "/Film.mkv", "//Film.mkv"}) {
      assertThat(codec.decode(standard + behind).url().reveal()).as(behind).isEqualTo(url);
    }
    String escaped = Base64.getEncoder().encodeToString("http://h/ab?".getBytes(UTF_8));
    assertThat(escaped).endsWith("/").doesNotContain("+");
    assertThat(codec.decode(escaped.replace("/", "%2F")).url().reveal()).isEqualTo("http://h/ab?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s.",
        "%s..mkv",
        "%s.mkv.part",
        "%s.toolong",
        "%s.m_v",
        ".mkv",
        "/.mkv",
        "//",
        "%s.mkv/Film",
        "%sx.mkv",
      })
  void decode_nearlyAnExtension_isBadLink(String pattern) {
    String path = pattern.formatted(base64("http://h/abc"));

    assertThat(refused(path).getMessage()).contains("streamcache link URL");
  }

  @Test
  void decode_extensionWithoutName_isTheExtensionOfAName() throws BadLink {
    assertThat(codec.decode(base64("http://h/get.php?id=5") + ".srt").name())
        .isEqualTo("get.php.srt");
    assertThat(codec.decode(base64("http://h/a/Film.mkv") + ".mkv").name()).isEqualTo("Film.mkv");
    assertThat(codec.decode(base64("http://h/a/Film.mkv") + "/").name()).isEqualTo("Film.mkv");
    assertThat(codec.decode(base64("http://h/a/") + ".mkv").name()).isEqualTo("h.mkv");
  }

  /** Found by hand: the text before a slash of the base64 was read as a link of its own. */
  @ParameterizedTest
  @CsvSource({"http://h/a?\u007f, US-ASCII", "http://h/f\u00fcr/b, ISO-8859-1"})
  void decode_standardBase64OfNoUse_isNotReadInParts(String url, Charset charset) {
    for (String name : new String[] {"", "/Film.mkv", "/Season%201/Film.mkv"}) {
      for (int pad = 0; pad < 3; pad++) {
        String spelling = url.replace("//h", "//" + "h".repeat(1 + pad));
        String standard = Base64.getEncoder().encodeToString(spelling.getBytes(charset));
        assertThat(refused(standard + name)).isNotNull();
      }
    }
  }

  @Test
  void decode_lengthLimit_isSixteenKibibytes() throws BadLink {
    String longest = "http://h/" + "?".repeat(16 * 1024 - 9);

    assertThat(decode(longest).url().reveal()).isEqualTo(longest);
    assertThat(refused(base64(longest + "?")).getMessage()).contains("16 KiB");
    assertThat(refused("/".repeat(200_000)).getMessage()).contains("16 KiB");
  }

  @Test
  void decode_userinfo_becomesBasicAuthorization() throws BadLink {
    Link link = decode("http://us%65r:p%40ss%E9@h:81/a.mkv");

    assertThat(link.url().reveal()).isEqualTo("http://h:81/a.mkv");
    byte[] credentials = {'u', 's', 'e', 'r', ':', 'p', '@', 's', 's', (byte) 0xe9};
    assertThat(link.headers())
        .containsOnlyKeys("authorization")
        .containsEntry("authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
    assertThat(decode("http://user@h/a").headers())
        .containsEntry("authorization", "Basic dXNlcjo=");
  }

  @Test
  void decode_kodiSuffix_givesTheAllowedHeaders() throws BadLink {
    Link link =
        decode(
            "http://h/a.mkv|User-Agent=VLC%2F3.0+x&referer=http://r/?a=b&!Origin=o&Cookie=a%3Db;c"
                + "&Authorization=Bearer%20x&Host=evil&Range=bytes&X-Forwarded-For=1.1.1.1"
                + "&seekable=0&nothing");

    assertThat(link.url().reveal()).isEqualTo("http://h/a.mkv");
    assertThat(link.key()).isEqualTo(decode("http://h/a.mkv").key());
    assertThat(link.headers())
        .hasSize(5)
        .containsEntry("user-agent", "VLC/3.0 x")
        .containsEntry("referer", "http://r/?a=b")
        .containsEntry("origin", "o")
        .containsEntry("cookie", "a=b;c")
        .containsEntry("authorization", "Bearer x");
  }

  @Test
  void decode_kodiSuffixWithLineEnds_dropsThatHeaderOnly() throws BadLink {
    Link link =
        decode("http://h/a|User-Agent=a%0d%0aHost:%20evil&Cookie=a%0A&Referer=r%00&Origin=o");

    assertThat(link.headers()).containsOnlyKeys("origin");
  }

  @Test
  void decode_userinfoAndSuffix_suffixWins() throws BadLink {
    assertThat(decode("http://u:p@h/a|Authorization=x").headers())
        .containsEntry("authorization", "x");
  }

  @Test
  void encode_url_isUrlSafeAndUnpadded() throws BadLink {
    assertThat(codec.encode(URL + "\n")).matches("[A-Za-z0-9_-]+");
    assertThat(codec.decode(codec.encode(URL)).url().reveal()).isEqualTo(URL);
  }

  @Test
  void toString_link_showsHostAndKeyOnly() throws BadLink {
    Link link = decode("http://user:secret@h/movie/USER/PASS/1.mkv|Cookie=token");

    assertThat(link.toString()).isEqualTo("Link[" + link.key().brief() + " at h]");
    assertThat(link.url().toString()).isEqualTo("http://h/~");
    assertThat(HttpUrl.parse("https://user:secret@h/x").toString()).isEqualTo("https://h/~");
  }

  private Link decode(String url) throws BadLink {
    return codec.decode(base64(url));
  }

  private BadLink refused(String path) {
    try {
      throw new AssertionError("taken as " + codec.decode(path).url().reveal());
    } catch (BadLink bad) {
      return bad;
    }
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }
}
