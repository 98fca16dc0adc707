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
}
