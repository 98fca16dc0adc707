package streamcache.clip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

final class GlyphPressTest {

  @Test
  void press_again_givesTheResourceInTheTree() throws IOException {
    try (InputStream resource = Glyphs.class.getResourceAsStream(Glyphs.RESOURCE)) {
      assertThat(GlyphPress.press())
          .as("src/main/resources/streamcache/clip/%s; run GlyphPress again", Glyphs.RESOURCE)
          .isEqualTo(resource.readAllBytes());
    }
  }

  /** The resource reproduces the font pixel by pixel. */
  @Test
  void draw_everyLetter_isAsTheFontHasIt() throws IOException {
    FontFile font = GlyphPress.font("DejaVuSans.ttf");
    double scale = (double) Glyphs.TEXT_PIXELS / font.unitsPerEm();
    for (int character = 'A'; character <= 'z'; character++) {
      GlyphPress.Drawn letter = GlyphPress.draw(font, character, font.glyph(character), scale);
      Picture picture = new Picture(new Picture.Colour(0, 128, 128));
      String text = Character.toString(character);
      Glyphs.text().draw(picture, text, 100, 100, /* luma= */ 150);
      for (int i = 0; i < letter.levels().length; i++) {
        int x = 100 + letter.left() + i % letter.width();
        int y = 100 - letter.top() + i / letter.width();
        assertThat(picture.luma().samples()[y * Picture.WIDTH + x] & 0xff)
            .as("pixel %d of %s", i, text)
            .isEqualTo(10 * letter.levels()[i]);
      }
      assertThat(Glyphs.text().width(text + text)).isEqualTo(2 * letter.advance());
    }
  }
}
