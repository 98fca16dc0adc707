package streamcache.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The keys of a corpus of URLs, as the first versions made them: with another key, every film in a
 * cache would be downloaded again.
 */
final class TitleKeyCorpusTest {

  @Test
  void key_eachUrlOfTheCorpus_isWhatItAlwaysWas() throws IOException {
    List<String> rows = rows();

    assertThat(rows).hasSizeGreaterThan(50);
    assertThat(rows)
        .allSatisfy(row -> {
          String url = row.split("\t", 3)[2];
          assertThat(keyAndAccount(url) + "\t" + url).isEqualTo(row);
        });
  }

  private static List<String> rows() throws IOException {
    try (InputStream in = TitleKeyCorpusTest.class.getResourceAsStream("/title-keys.tsv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  /** Two dashes for a URL that is refused. */
  private static String keyAndAccount(String url) {
    try {
      LinkCodec codec = new LinkCodec();
      Link link = codec.decode(codec.encode(url));
      return link.key() + "\t" + link.account();
    } catch (BadLink e) {
      return "-\t-";
    }
  }
}
