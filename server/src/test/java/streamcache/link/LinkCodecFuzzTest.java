package streamcache.link;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Any text as a link yields a title or a BadLink, never another exception. */
final class LinkCodecFuzzTest {

  private static final int ROUNDS = 1_500;
  private static final String URL_LETTERS =
      "abcXYZ019-._~:/?[]@!$&'()*+,;=%|<>{}^`\" ÿéß映🎬????????>>>>~~~~////";

  private final LinkCodec codec = new LinkCodec();
  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);

  LinkCodecFuzzTest() {
    System.out.println("LinkCodecFuzzTest -Dseed=" + seed);
  }

  @Test
  void decode_anyUrlInAnySpelling_revealsTheSame() throws BadLink {
    for (int round = 0; round < ROUNDS; round++) {
      String url = "http://h.example/" + letters(random.nextInt(80)) + "end";
      Link link = codec.decode(codec.encode(url));
      String revealed = link.url().reveal();

      assertThat(revealed).as("seed %d: %s", seed, url).isEqualTo(Percent.encodeForeign(url));
      assertThat(codec.decode(spelling(url)).key())
          .as("seed %d: %s", seed, url)
          .isEqualTo(link.key());
      Link named = codec.decode(spelling(url) + "/Some%20Film.mkv");
      assertThat(named.url().reveal()).as("seed %d: %s", seed, url).isEqualTo(revealed);
      assertThat(named.name()).isEqualTo("Some Film.mkv");
      // A URL that is already percent-encoded does not change.
      assertThat(codec.decode(codec.encode(revealed)).key()).isEqualTo(link.key());
    }
  }

  @Test
  void decode_randomBytes_neverThrowsAnythingElse() {
    for (int round = 0; round < ROUNDS; round++) {
      byte[] octets = new byte[random.nextInt(60)];
      random.nextBytes(octets);
      survives(new String(octets, ISO_8859_1));
      survives(new String(octets, UTF_8));
      survives(Base64.getEncoder().encodeToString(octets));
      survives(Base64.getEncoder().encodeToString(("http://" + letters(20)).getBytes(UTF_8)));
      survives(Base64.getUrlEncoder().encodeToString(concat("http://h/".getBytes(UTF_8), octets)));
      survives(Base64.getUrlEncoder().encodeToString(concat("https://".getBytes(UTF_8), octets)));
    }
  }

  @Test
  void decode_mutatedLink_neverThrowsAnythingElse() {
    String good = codec.encode("http://user:pass@h.example:8080/movie/a/b/1.mkv?x|Cookie=a");
    for (int round = 0; round < ROUNDS; round++) {
      StringBuilder link = new StringBuilder(good + "/Film.mkv");
      for (int change = random.nextInt(4); change >= 0; change--) {
        int at = random.nextInt(link.length());
        link.setCharAt(at, (char) random.nextInt(0x100));
        link.insert(at, letters(random.nextInt(3)));
      }
      survives(link.toString());
    }
  }

  private void survives(String path) {
    try {
      Link link = codec.decode(path);
      assertThat(link.name()).as("seed %d: %s", seed, path).isNotEmpty();
      assertThat(link.url().reveal()).as("seed %d: %s", seed, path).matches("https?://[!-~]+");
      assertThat(link.headers().values()).allMatch(value -> value.matches("[ -~]+"));
    } catch (BadLink bad) {
      assertThat(bad.getMessage()).as("seed %d: %s", seed, path).endsWith(".");
    }
  }

  private String spelling(String url) {
    byte[] octets = url.getBytes(UTF_8);
    return switch (random.nextInt(4)) {
      case 0 -> Base64.getEncoder().encodeToString(octets);
      case 1 -> Base64.getEncoder().withoutPadding().encodeToString(octets);
      case 2 -> Base64.getEncoder().encodeToString(octets).replace("/", "%2F").replace("+", "%2b");
      default -> Base64.getUrlEncoder().encodeToString(octets);
    };
  }

  private String letters(int count) {
    int[] alphabet = URL_LETTERS.codePoints().toArray();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
    }
    // A pipe character before "name=" would begin Kodi's suffix.
    return text.toString().replace("|", "|.");
  }

  private static byte[] concat(byte[] head, byte[] tail) {
    byte[] both = new byte[head.length + tail.length];
    System.arraycopy(head, 0, both, 0, head.length);
    System.arraycopy(tail, 0, both, head.length, tail.length);
    return both;
  }
}
