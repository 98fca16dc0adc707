package streamcache.catalog;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names that every file system accepts. */
final class SafeNameTest {

  private static final String PIECES = "ab. /\\:*?\"<>|\n\r\t\0\u202eä日🎬e\u0301CON~-";

  private final SafeName names = new SafeName(UTF_8);

  @ParameterizedTest
  @CsvSource({
    "Alien: Covenant,      Alien - Covenant",
    "Face/Off,             Face-Off",
    "'What? \"Now\"',      'What ''Now'''",
    "..,                   Untitled",
    "'',                   Untitled",
    "../../etc/passwd,     -..-etc-passwd",
    "Trailing. . .,        Trailing",
    ".hidden,              hidden",
    "con,                  _con",
    "COM1.x,               _COM1.x",
    "'a\nb',               a b",
    "M.A.S.H.,             M.A.S.H",
  })
  void of_text_isAName(String text, String name) {
    assertThat(names.of(text)).isEqualTo(name);
  }

  @Test
  void of_longText_isCutAtALetterAndKeepsItsTail() {
    String name = names.of("🎬".repeat(100), " (1999)");

    assertThat(name).startsWith("🎬🎬").endsWith("🎬 (1999)");
    assertThat(name.getBytes(UTF_8).length).isBetween(SafeName.MOST_BYTES - 3, SafeName.MOST_BYTES);
  }

  /** The prefix once made such a name one byte too long. */
  @Test
  void of_longNameOfADevice_isNotTooLong() {
    String name = names.of("CON." + "x".repeat(300));

    assertThat(name).startsWith("_CON.x");
    assertThat(names.of(name)).isEqualTo(name);
    assertThat(name.length()).isEqualTo(SafeName.MOST_BYTES);
  }

  @Test
  void of_decomposedLetter_isComposed() {
    assertThat(names.of("Ame\u0301lie")).isEqualTo("Amélie");
  }

  @Test
  void of_letterThatTheSystemCannotWrite_isReplaced() {
    assertThat(new SafeName(US_ASCII).of("Amélie")).isEqualTo("Am_lie");
  }

  @Test
  void of_anyText_isSafe() {
    long seed = new Random().nextLong();
    System.out.println("SafeNameTest seed " + seed);
    Random random = new Random(seed);
    int[] pieces = PIECES.codePoints().toArray();
    Path folder = Path.of("/library");
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(300); length > 0; length--) {
        text.appendCodePoint(
            random.nextInt(9) == 0
                ? random.nextInt(0x10FFFF)
                : pieces[random.nextInt(pieces.length)]);
      }
      String name = names.of(text.toString());

      assertThat(name)
          .as("seed %d", seed)
          .isNotBlank()
          .doesNotContainPattern("[<>:\"/\\\\|?*\\p{Cc}]");
      assertThat(name)
          .as("seed %d", seed)
          .doesNotStartWith(".")
          .doesNotEndWith(".")
          .isEqualTo(name.strip());
      assertThat(name.getBytes(UTF_8).length)
          .as("seed %d", seed)
          .isLessThanOrEqualTo(SafeName.MOST_BYTES);
      assertThat(folder.resolve(name).normalize().getParent())
          .as("seed %d", seed)
          .isEqualTo(folder);
      assertThat(names.of(name)).as("seed %d", seed).isEqualTo(name);
    }
  }
}
