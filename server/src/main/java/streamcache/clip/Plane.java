package streamcache.clip;

import java.util.Arrays;

/** One of the three planes of a picture, row by row, one byte a sample. Owned by its picture. */
final class Plane {

  private final byte[] samples;
  private final int width;

  Plane(int width, int height, int value) {
    this.samples = new byte[width * height];
    this.width = width;
    Arrays.fill(samples, (byte) value);
  }

  /** The samples themselves, not a copy. */
  byte[] samples() {
    return samples;
  }

  int width() {
    return width;
  }

  void fill(int x, int y, int columns, int rows, int value) {
    for (int row = y; row < y + rows; row++) {
      int at = row * width + x;
      Arrays.fill(samples, at, at + columns, (byte) value);
    }
  }
}
