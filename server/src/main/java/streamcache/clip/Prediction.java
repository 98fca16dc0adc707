package streamcache.clip;

import java.util.Arrays;

/**
 * Intra prediction of H.264 section 8.3 for one square of a plane, as far as it is used here: from
 * the samples above, from those on the left, or from their mean. Pure.
 */
final class Prediction {

  /** How a square is predicted. */
  enum Way {
    /** Each row equals the row above the square. */
    VERTICAL,
    /** Each column equals the column left of the square. */
    HORIZONTAL,
    /** All samples equal the mean of both. */
    MEAN,
    /** None of these yields the exact samples. */
    NONE
  }

  /** The mean without neighbours. */
  private static final int MIDDLE = 128;

  private Prediction() {}

  /** The way that yields the 16 x 16 luma samples at (x, y) exactly. */
  static Way ofLuma(Picture picture, int x, int y) {
    int side = Picture.MACROBLOCK;
    for (Way way : Way.values()) {
      if (fits(picture.luma(), x, y, side, side, way)) {
        return way;
      }
    }
    return Way.NONE;
  }

  /** The same for the 8 x 8 samples of both chroma planes; means are taken by quarters. */
  static Way ofChroma(Picture picture, int x, int y) {
    int side = Picture.MACROBLOCK / 2;
    for (Way way : Way.values()) {
      if (fits(picture.blue(), x, y, side, side / 2, way)
          && fits(picture.red(), x, y, side, side / 2, way)) {
        return way;
      }
    }
    return Way.NONE;
  }

  private static boolean fits(Plane plane, int x, int y, int side, int part, Way way) {
    return switch (way) {
      case VERTICAL -> y > 0 && likeAbove(plane, x, y, side);
      case HORIZONTAL -> x > 0 && likeLeft(plane, x, y, side);
      case MEAN -> likeMeans(plane, x, y, side, part);
      case NONE -> false;
    };
  }

  private static boolean likeAbove(Plane plane, int x, int y, int side) {
    byte[] samples = plane.samples();
    int above = (y - 1) * plane.width() + x;
    for (int row = 1; row <= side; row++) {
      int at = above + row * plane.width();
      if (!Arrays.equals(samples, above, above + side, samples, at, at + side)) {
        return false;
      }
    }
    return true;
  }

  private static boolean likeLeft(Plane plane, int x, int y, int side) {
    for (int row = y; row < y + side; row++) {
      int at = row * plane.width() + x;
      if (!isFlat(plane.samples(), at, side, plane.samples()[at - 1])) {
        return false;
      }
    }
    return true;
  }

  private static boolean likeMeans(Plane plane, int x, int y, int side, int part) {
    for (int down = 0; down < side; down += part) {
      for (int right = 0; right < side; right += part) {
        byte mean = (byte) mean(plane, x, y, right, down, part);
        for (int row = y + down; row < y + down + part; row++) {
          int at = row * plane.width() + x + right;
          if (!isFlat(plane.samples(), at, part, mean)) {
            return false;
          }
        }
      }
    }
    return true;
  }

  /**
   * The mean that predicts the part at (right, down) of the square. A part in the upper right uses
   * the samples above first, and one in the lower left those on the left (section 8.3.4); the
   * others use both.
   */
  private static int mean(Plane plane, int x, int y, int right, int down, int part) {
    boolean above = y > 0;
    boolean left = x > 0;
    boolean up = above && (!left || down == 0 || right > 0);
    boolean side = left && (!above || right == 0 || down > 0);
    int sum = 0;
    for (int i = 0; i < part; i++) {
      sum += up ? plane.samples()[(y - 1) * plane.width() + x + right + i] & 0xff : 0;
      sum += side ? plane.samples()[(y + down + i) * plane.width() + x - 1] & 0xff : 0;
    }
    int count = (up ? part : 0) + (side ? part : 0);
    return count == 0 ? MIDDLE : (sum + count / 2) / count;
  }

  private static boolean isFlat(byte[] samples, int from, int count, byte value) {
    for (int i = from; i < from + count; i++) {
      if (samples[i] != value) {
        return false;
      }
    }
    return true;
  }
}
