package streamcache.clip;

/**
 * A picture of 1280 x 720 in limited-range BT.709, one byte a sample, chroma halved in both
 * directions (I420 in ffmpeg). Owned by the code that draws it.
 */
final class Picture {

  static final int WIDTH = 1280;
  static final int HEIGHT = 720;

  /** Side of a macroblock; both sides of the picture are multiples of it. */
  static final int MACROBLOCK = 16;

  /** The level of a fully covered pixel. */
  private static final int FULL = 15;

  private final Plane luma;
  private final Plane blue;
  private final Plane red;

  /** A sample of each plane: luma 16 to 235, chroma 16 to 240. */
  record Colour(int luma, int blue, int red) {}

  Picture(Colour background) {
    luma = new Plane(WIDTH, HEIGHT, background.luma());
    blue = new Plane(WIDTH / 2, HEIGHT / 2, background.blue());
    red = new Plane(WIDTH / 2, HEIGHT / 2, background.red());
  }

  Plane luma() {
    return luma;
  }

  Plane blue() {
    return blue;
  }

  Plane red() {
    return red;
  }

  /** Fills a rectangle; position and size must be even numbers of pixels. */
  void fill(int x, int y, int width, int height, Colour colour) {
    luma.fill(x, y, width, height, colour.luma());
    blue.fill(x / 2, y / 2, width / 2, height / 2, colour.blue());
    red.fill(x / 2, y / 2, width / 2, height / 2, colour.red());
  }

  /**
   * Blends a luma value into a pixel; pixels beyond the edges are ignored.
   *
   * @param level 0 (not at all) to 15 (fully)
   */
  void blend(int x, int y, int value, int level) {
    if (x < 0 || x >= WIDTH || y < 0 || y >= HEIGHT) {
      return;
    }
    int at = y * WIDTH + x;
    int old = luma.samples()[at] & 0xff;
    luma.samples()[at] = (byte) ((old * (FULL - level) + value * level + FULL / 2) / FULL);
  }
}
