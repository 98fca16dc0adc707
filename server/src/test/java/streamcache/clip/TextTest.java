package streamcache.clip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Text from outside becomes lines that can be drawn. */
final class TextTest {

  private static final Glyphs FACE = Glyphs.text();
  private static final int WIDTH = 600;

  @ParameterizedTest
  @CsvSource({
    "Amélie, Amélie",
    "Ame\u0301lie, Amélie",
    "Đường Łódź ŞŢ Ñ, Đường Łódź ŞŢ Ñ",
    "Ελλάδα, Ελλάδα",
    "Привет, Привет",
    "'“It’s” — «so» …', '“It’s” — «so» …'",
    "a\u0007b\u0000c\u200b\u202e, abc",
    "'a\tb\r\nc   d\u00a0e', a b c d e",
    "ﬁn Ａ① ½ ǻ, fin A1 ½ a",
    "'x\u0337\u20dd', x",
    "千と千尋の神隠し (2001), □ (2001)",
    "'😀👨\u200d👩\u200d👧 Film', □ Film",
    "\ud83d, ''",
    "'  ', ''"
  })
  void plainText_anything_isDrawable(String written, String plain) {
    assertThat(PlainText.of(written, FACE)).isEqualTo(plain);
    assertThat(plain.codePoints().allMatch(FACE::has)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "Film, Film",
    "שלום, םולש",
    "Film שלום (2001), Film (2001) םולש",
    "אב (גד) 12, 12 (דג) בא",
  })
  void visual_rightToLeft_isTurnedRound(String line, String shown) {
    assertThat(PlainText.visual(line)).isEqualTo(shown);
  }

  @Test
  void lines_longText_breaksBetweenWordsWithinTheWidth() {
    String text = "The provider allows no further connection now; stop another playback.";
    List<String> lines = Paragraph.lines(text, FACE, WIDTH, 9);
    assertThat(lines).hasSizeGreaterThan(1);
    assertThat(String.join(" ", lines)).isEqualTo(text);
    assertThat(lines).allMatch(line -> FACE.width(line) <= WIDTH);
    String first = lines.getFirst() + " " + lines.get(1).split(" ", 2)[0];
    assertThat(FACE.width(first)).as(first).isGreaterThan(WIDTH);
  }

  @Test
  void lines_tooMany_endInAnEllipsis() {
    List<String> lines = Paragraph.lines("Movie ".repeat(50), FACE, WIDTH, 2);
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst()).endsWith("Movie");
    assertThat(lines.getLast()).endsWith("…");
    assertThat(lines).allMatch(line -> FACE.width(line) <= WIDTH);
  }

  @Test
  void lines_wordLongerThanTheLine_isBroken() {
    String word = "n".repeat(100);
    List<String> lines = Paragraph.lines(word, FACE, WIDTH, 99);
    assertThat(String.join("", lines)).isEqualTo(word);
    assertThat(lines).allMatch(line -> FACE.width(line) <= WIDTH);
  }

  @Test
  void lines_hyphen_mayEndALine() {
    String text = "a".repeat(20) + "-" + "b".repeat(20);
    assertThat(Paragraph.lines(text, FACE, WIDTH, 9))
        .containsExactly("a".repeat(20) + "-", "b".repeat(20));
  }

  @Test
  void lines_justFitting_isNotShortened() {
    String text = "Exactly this";
    int width = FACE.width(text);
    assertThat(Paragraph.lines(text, FACE, width, 1)).containsExactly(text);
    assertThat(Paragraph.lines(text, FACE, width - 1, 1).getFirst()).endsWith("…");
  }

  @Test
  void lines_nothing_isNoLine() {
    assertThat(Paragraph.lines(" \u0000 ", FACE, WIDTH, 3)).isEmpty();
  }

  /** Every text of the product has to be readable, whatever happens to titles. */
  @Test
  void faces_ourOwnWords_haveAllLetters() {
    for (char letter = ' '; letter <= '~'; letter++) {
      assertThat(Glyphs.headline().has(letter)).as("%s", letter).isTrue();
      assertThat(Glyphs.text().has(letter)).as("%s", letter).isTrue();
    }
    for (int letter : "·…–—→←•“”‘’€ÄÖÜäöüßéñçøåĄčŁőşžΑωЖяҐא".codePoints().toArray()) {
      assertThat(Glyphs.text().has(letter)).as(Character.toString(letter)).isTrue();
    }
  }
}
