package streamcache.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Links of all forms lead to one title; only a holder of the key can make or change them. */
final class LinksTest {

  private static final String URL =
      "http://us%65r:p%40ss@h.example:8080/movie/anna/PASS/A%20Film.mkv?x=%7e";
  private static final String WITH_HEADERS =
      URL + "|User-Agent=VLC%2F3.0&Cookie=a%3Db&Referer=http://r/";
  private static final Instant LATER = Instant.ofEpochSecond(1_900_000_000);

  private final Links links = new Links(TestKeys.of("k"));

  @ParameterizedTest
  @EnumSource(LinkForm.class)
  void open_everyForm_isTheSameTitle(LinkForm form) throws BadLink {
    Link expected = new LinkCodec().decode(new LinkCodec().encode(WITH_HEADERS));

    OpenedLink opened = links.open(links.make(form, WITH_HEADERS, Optional.empty()));

    assertThat(opened.link()).isEqualTo(expected);
    assertThat(opened.form()).isEqualTo(form);
    assertThat(opened.link().name()).isEqualTo("A Film.mkv");
    assertThat(opened.link().headers())
        .containsOnlyKeys("authorization", "user-agent", "cookie", "referer");
    assertThat(opened.expires()).isEmpty();
    assertThat(opened.keyId())
        .isEqualTo(form == LinkForm.PLAIN ? Optional.empty() : Optional.of('k'));
  }

  /** Found by an import: the name of a channel was read as a part of its URL. */
  @ParameterizedTest
  @EnumSource(LinkForm.class)
  void open_nameWithoutExtension_isTheSameTitle(LinkForm form) throws BadLink {
    for (String url :
        List.of("http://h/anna/pass/7", "http://h/anna/pass/channel-12", "http://h/x")) {
      OpenedLink opened = links.open(links.make(form, url, Optional.empty()));

      assertThat(opened.link().source().reveal()).isEqualTo(url);
    }
  }

  /** Addresses and folders are joined to links with one slash too many or too few. */
  @ParameterizedTest
  @EnumSource(LinkForm.class)
  void open_slashesTooMany_isTheSameTitle(LinkForm form) throws BadLink {
    String path = links.make(form, URL, Optional.empty());
    TitleKey expected = links.open(path).link().key();
    for (String spelling :
        new String[] {
          path + "/",
          path + "//",
          path.replaceFirst("/[use]/", "$0/"),
          path.replaceFirst("/[^/]*$", "/$0"),
        }) {
      assertThat(links.open(spelling).link().key()).as(spelling).isEqualTo(expected);
    }
  }

  @Test
  void open_sealedLinkWithExtensionOnly_isTheSameTitle() throws BadLink {
    String path = sealed("http://h/get.php?id=5");
    String token = path.substring(0, path.lastIndexOf('/'));

    for (String behind : new String[] {"", "/", ".srt", ".srt/"}) {
      assertThat(links.open(token + behind).link().key()).isEqualTo(links.open(path).link().key());
    }
    assertThat(links.open(token + ".srt").link().name()).isEqualTo("get.php.srt");
  }

  @ParameterizedTest
  @EnumSource(LinkForm.class)
  void make_sameUrl_isTheSameLine(LinkForm form) throws BadLink {
    String line = links.make(form, URL, Optional.empty());

    assertThat(new Links(TestKeys.of("k")).make(form, URL + "\n", Optional.empty()))
        .isEqualTo(line);
    assertThat(line).startsWith(form.start()).endsWith("/A%20Film.mkv").matches("[!-~]+");
  }

  @Test
  void make_sealed_spellingsOfAUrlAreOneLineAndOtherUrlsOthers() throws BadLink {
    Set<String> lines = new HashSet<>();
    lines.add(sealed("http://h/a"));
    lines.add(sealed("HTTP://H/a#t=20"));
    assertThat(lines).hasSize(1);

    lines.add(sealed("http://h/b"));
    lines.add(sealed("https://h/a"));
    lines.add(sealed("http://u@h/a"));
    lines.add(sealed("http://h/a|Cookie=c"));
    lines.add(links.make(LinkForm.SEALED, "http://h/a", Optional.of(LATER)));
    assertThat(lines).hasSize(6);
  }

  @Test
  void make_sealed_showsNothingOfTheUrl() throws BadLink {
    String token = sealed(WITH_HEADERS).replaceFirst("/e/k([^/]+)/.*", "$1");

    String inside = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.ISO_8859_1);

    assertThat(inside).doesNotContain("anna", "PASS", "h.example", "http", "VLC");
  }

  @Test
  void make_tokens_neverShareAnIv() throws BadLink {
    Set<String> ivs = new HashSet<>();
    for (int i = 0; i < 2000; i++) {
      byte[] token =
          Base64.getUrlDecoder()
              .decode(sealed("http://h/" + i).replaceFirst("/e/k([^/]+)/.*", "$1"));
      ivs.add(Arrays.toString(Arrays.copyOf(token, 12)));
    }
    assertThat(ivs).hasSize(2000);
  }

  @ParameterizedTest
  @EnumSource(names = {"SIGNED", "SEALED"})
  void open_withExpiry_expiresThenAndNotBefore(LinkForm form) throws BadLink {
    OpenedLink opened = links.open(links.make(form, URL, Optional.of(LATER)));

    assertThat(opened.expires()).contains(LATER);
    assertThat(opened.hasExpired(LATER.minusMillis(1))).isFalse();
    assertThat(opened.hasExpired(LATER)).isTrue();
    assertThat(opened.link()).isEqualTo(links.open(sealed(URL)).link());
  }

  @Test
  void make_plainWithExpiry_isRefused() {
    assertThat(refusalOf(() -> links.make(LinkForm.PLAIN, URL, Optional.of(LATER))))
        .contains("cannot expire");
  }

  @ParameterizedTest
  @EnumSource(names = {"SIGNED", "SEALED"})
  void open_everyBitFlipped_isRefusedOrTheSame(LinkForm form) throws BadLink {
    String good = links.make(form, URL, Optional.of(LATER));
    int element = good.indexOf('/', form.start().length());
    int end = form == LinkForm.SIGNED ? good.length() : element;
    OpenedLink expected = links.open(good);
    for (int at = form.start().length() + 1; at < end; at++) {
      for (int bit = 0; bit < 7; bit++) {
        String changed = flipped(good, at, bit);
        // A base64 letter may contain unused bits; no other bit may be changed.
        boolean isSame = opensAs(changed, expected);
        assertThat(isSame).as(changed).isEqualTo(isSame && isUnusedBit(good, at, element));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SIGNED", "SEALED"})
  void open_cutShort_isRefused(LinkForm form) throws BadLink {
    String good = links.make(form, URL, Optional.empty());
    int end = form == LinkForm.SIGNED ? good.length() : good.indexOf('/', 3);
    for (int length = form.start().length(); length < end; length++) {
      String cut = good.substring(0, length);
      assertThat(refusalOf(() -> links.open(cut)))
          .as(cut)
          .containsAnyOf("changed or truncated", "a key that this server does not have");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SIGNED", "SEALED"})
  void open_madeWithAnotherKey_isRefused(LinkForm form) throws BadLink {
    String link = links.make(form, URL, Optional.empty());

    assertThat(refusalOf(() -> new Links(TestKeys.of("xy")).open(link)))
        .contains("a key that this server does not have");
    assertThat(refusalOf(() -> new Links(TestKeys.impostor('k')).open(link)))
        .contains("changed or truncated");
    assertThat(refusalOf(() -> new Links(KeyRing.empty()).open(link))).contains("has no key");
  }

  @ParameterizedTest
  @EnumSource(names = {"SIGNED", "SEALED"})
  void open_afterRotation_newAndOldAreReadAndNewOnesMade(LinkForm form) throws BadLink {
    Links rotated = new Links(TestKeys.of("nk"));
    String old = links.make(form, URL, Optional.empty());

    assertThat(rotated.open(old).keyId()).contains('k');
    String fresh = rotated.make(form, URL, Optional.empty());
    assertThat(rotated.open(fresh).keyId()).contains('n');
    assertThat(rotated.open(fresh).link()).isEqualTo(rotated.open(old).link());
    assertThat(refusalOf(() -> links.open(fresh))).contains("a key that this server does not have");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/e/",
        "/e/k",
        "/e/k/",
        "/e//x.mkv",
        "/e/k!!!!/x",
        "/e/kAAAA/x.mkv",
        "/s/",
        "/s/k",
        "/s/k/",
        "/s//u/aaaa",
        "/s/k/u/aHR0cDovL2gvYQ",
        "/s/kAAAAAAAAAAAAAAAAAAAAAA/u/aHR0cDovL2gvYQ",
        "/s/kAAAAAAAAAAAAAAAAAAAAAA",
        "/e/%6b",
        "/s/%6bAAAAAAAAAAAAAAAAAAAAAA/u/a"
      })
  void open_rubbish_isOneSentence(String path) {
    assertThat(refusalOf(() -> links.open(path))).endsWith(".").hasSizeBetween(30, 200);
  }

  @Test
  void open_overlong_isRefusedBeforeAnythingElse() {
    for (LinkForm form : LinkForm.values()) {
      String path = form.start() + "k" + "A".repeat(100_000);
      assertThat(refusalOf(() -> links.open(path))).contains("16 KiB");
    }
  }

  @Test
  void open_nameOfASealedLink_isCosmetic() throws BadLink {
    String link = sealed(URL);
    String bare = link.substring(0, link.lastIndexOf('/'));

    assertThat(links.open(bare).link()).isEqualTo(links.open(link).link());
    assertThat(links.open(bare + "/Other%20name.mkv").link().name()).isEqualTo("Other name.mkv");
    assertThat(links.open(bare + "/Season%201/E1.mkv").link().name()).isEqualTo("E1.mkv");
    assertThat(links.open(bare + "/E1.mkv").link().key()).isEqualTo(links.open(link).link().key());
  }

  @Test
  void open_signedWithItsEscapesWrittenOtherwise_isTheSame() throws BadLink {
    String link = links.make(LinkForm.SIGNED, "http://h/A (film) & é.mkv", Optional.of(LATER));
    assertThat(link).contains("%28", "%C3%A9", ";x=");

    for (String spelling :
        new String[] {
          link.replace("%28", "(").replace("%29", ")"),
          link.replace("%C3%A9", "%c3%a9"),
          link.replace("%C3%A9", "\u00c3\u00a9"),
          link.replace(";x=", "%3Bx%3D"),
          link.replace("A%20", "%41%20"),
        }) {
      OpenedLink opened = links.open(spelling);
      assertThat(opened.link().source()).as(spelling).isEqualTo(links.open(link).link().source());
      assertThat(opened.expires()).as(spelling).contains(LATER);
    }
    assertThat(refusalOf(() -> links.open(link.replace("%C3%A9", "e")))).contains("changed");
  }

  @Test
  void open_signedByAThirdParty_rawOrDecoded() throws BadLink, GeneralSecurityException {
    // As docs/security.md tells generators to do, with the key derived by hand.
    SecretKeySpec key = derivedByHand("link signature");
    String path = "/u/" + new LinkCodec().encode(URL) + ";x=1900000000/A%20Film.mkv";

    for (String signed : new String[] {path, Percent.decode(path)}) {
      String link = "/s/k" + signature(key, signed) + path;
      assertThat(links.open(link).link()).isEqualTo(links.open(sealed(URL)).link());
      assertThat(links.open(link).expires()).contains(LATER);
    }
  }

  @Test
  void open_signedTextThatIsNoLink_saysSo() throws GeneralSecurityException {
    SecretKeySpec key = derivedByHand("link signature");
    for (String path :
        new String[] {"", "/u/", "/x/abc", "/u/a+b/c", "/u/aHR0cDovL2gvYQ;x=soon", "/u/eA"}) {
      String link = "/s/k" + signature(key, path) + path;
      assertThat(refusalOf(() -> links.open(link))).as(path).endsWith(".");
    }
  }

  @Test
  void open_tokenOfASidecar_isNoLink() throws BadLink {
    Originals originals = new Originals(TestKeys.of("k"));
    Link link = links.open(sealed(URL)).link();
    String sealed = originals.seal(link).orElseThrow();

    assertThat(refusalOf(() -> links.open("/e/" + sealed.replace("original:", ""))))
        .contains("changed");
  }

  @Test
  void make_badUrl_isRefusedInEveryForm() {
    for (LinkForm form : LinkForm.values()) {
      assertThat(refusalOf(() -> links.make(form, "ftp://h/a", Optional.empty()))).contains("http");
    }
  }

  private String sealed(String url) throws BadLink {
    return links.make(LinkForm.SEALED, url, Optional.empty());
  }

  private boolean opensAs(String path, OpenedLink expected) {
    try {
      OpenedLink opened = links.open(path);
      assertThat(opened).isEqualTo(expected);
      return true;
    } catch (BadLink bad) {
      return false;
    }
  }

  /** Whether a bit may be unused: in the last letter of a base64 text, or in a percent sign. */
  private static boolean isUnusedBit(String link, int at, int element) {
    return at == element - 1 || (at == link.indexOf(";x=") - 1) || link.charAt(at) == '%';
  }

  private static String flipped(String text, int at, int bit) {
    StringBuilder changed = new StringBuilder(text);
    changed.setCharAt(at, (char) (text.charAt(at) ^ (1 << bit)));
    return changed.toString();
  }

  /** RFC 5869 without the platform's KDF: extract without salt, then one block of expand. */
  private static SecretKeySpec derivedByHand(String use) throws GeneralSecurityException {
    byte[] master = new byte[32];
    Arrays.fill(master, (byte) 'k');
    byte[] extracted = hmac(new byte[32], master);
    byte[] info = ("streamcache v1 " + use + "\u0001").getBytes(StandardCharsets.ISO_8859_1);
    return new SecretKeySpec(hmac(extracted, info), "HmacSHA256");
  }

  private static String signature(SecretKeySpec key, String signed)
      throws GeneralSecurityException {
    byte[] whole = hmac(key.getEncoded(), ("v1\0" + signed).getBytes(StandardCharsets.UTF_8));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(whole, 16));
  }

  private static byte[] hmac(byte[] key, byte[] text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text);
  }

  private interface Attempt {
    Object run() throws BadLink;
  }

  private static String refusalOf(Attempt attempt) {
    try {
      throw new AssertionError("taken: " + attempt.run());
    } catch (BadLink bad) {
      return String.valueOf(bad.getMessage());
    }
  }

  @ParameterizedTest
  @EnumSource(LinkForm.class)
  void open_asksNotToVerify_isKnownInEveryForm(LinkForm form) throws BadLink {
    String url = "https://panel.example/film.mkv";
    for (String suffix : List.of("", "|verifypeer=true", "|verifypeer=false&Referer=x")) {
      String path = links.make(form, url + suffix, Optional.empty());
      assertThat(links.open(path).link().isUnverified()).isEqualTo(suffix.contains("false"));
    }
  }
}
