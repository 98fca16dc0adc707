package streamcache.clip;

/**
 * Encodes a picture by itself, without loss, in one pass: a macroblock that prediction yields
 * exactly takes a few bits (Intra16x16 without residual), any other its 384 samples as they are
 * (I_PCM). Used once.
 */
final class IntraFrame {

  private static final int COLUMNS = Picture.WIDTH / Picture.MACROBLOCK;
  private static final int ROWS = Picture.HEIGHT / Picture.MACROBLOCK;

  /** An I_PCM macroblock counts as this many coefficients in each of its blocks. */
  private static final int FULL_BLOCK = 16;

  /** Macroblock types in intra slices: Intra16x16 by prediction mode, and I_PCM. */
  private static final int TYPE_VERTICAL = 1;

  private static final int TYPE_HORIZONTAL = 2;
  private static final int TYPE_MEAN = 3;
  private static final int TYPE_SAMPLES = 25;

  /**
   * Offset of the picture's id in the unit, and the bit in which 1 and 2 differ: a decoder that
   * skips all other pictures distinguishes two consecutive refreshes by it (section 7.4.3).
   */
  static final int ID_AT = 2;

  static final int ID_BIT = 0x01;

  private final Picture picture;
  private final BitWriter out = new BitWriter(64 * 1024);
  private final boolean[] sampled = new boolean[COLUMNS * ROWS];

  private IntraFrame(Picture picture) {
    this.picture = picture;
  }

  /** Returns the NAL unit; its picture has id 1. */
  static byte[] encode(Picture picture) {
    return new IntraFrame(picture).encode();
  }

  private byte[] encode() {
    header();
    for (int row = 0; row < ROWS; row++) {
      for (int column = 0; column < COLUMNS; column++) {
        macroblock(column, row);
      }
    }
    return NalUnit.wrap(NalUnit.INSTANT_REFRESH, out.stop().toBytes());
  }

  private void header() {
    out.unsigned(/* first macroblock */ 0);
    out.unsigned(/* type: all slices intra */ 7);
    out.unsigned(/* parameters */ 0);
    out.bits(/* frame number */ 0, ParameterSets.FRAME_NUMBER_BITS);
    out.unsigned(/* id of the picture */ 1);
    out.flag(/* drop earlier pictures */ false).flag(/* long-term reference */ false);
    out.signed(/* quantiser */ 0);
    out.unsigned(/* no deblocking */ 1);
  }

  private void macroblock(int column, int row) {
    int x = column * Picture.MACROBLOCK;
    int y = row * Picture.MACROBLOCK;
    Prediction.Way luma = Prediction.ofLuma(picture, x, y);
    Prediction.Way chroma =
        luma == Prediction.Way.NONE ? luma : Prediction.ofChroma(picture, x / 2, y / 2);
    if (chroma == Prediction.Way.NONE) {
      samples(x, y);
      sampled[row * COLUMNS + column] = true;
      return;
    }
    out.unsigned(lumaType(luma));
    out.unsigned(chromaMode(chroma));
    out.signed(/* quantiser */ 0);
    noCoefficients(column, row);
  }

  private static int lumaType(Prediction.Way way) {
    return switch (way) {
      case VERTICAL -> TYPE_VERTICAL;
      case HORIZONTAL -> TYPE_HORIZONTAL;
      case MEAN -> TYPE_MEAN;
      case NONE -> TYPE_SAMPLES;
    };
  }

  private static int chromaMode(Prediction.Way way) {
    return switch (way) {
      case MEAN -> 0;
      case HORIZONTAL -> 1;
      case VERTICAL -> 2;
      case NONE -> throw new IllegalArgumentException("no prediction");
    };
  }

  private void samples(int x, int y) {
    out.unsigned(TYPE_SAMPLES).align();
    samples(picture.luma(), x, y, Picture.MACROBLOCK);
    samples(picture.blue(), x / 2, y / 2, Picture.MACROBLOCK / 2);
    samples(picture.red(), x / 2, y / 2, Picture.MACROBLOCK / 2);
  }

  private void samples(Plane plane, int x, int y, int side) {
    for (int row = y; row < y + side; row++) {
      out.bytes(plane.samples(), row * plane.width() + x, side);
    }
  }

  /** The coeff_token of zero coefficients, whose code depends on the neighbours' coefficients. */
  private void noCoefficients(int column, int row) {
    int left = column > 0 ? coefficients(column - 1, row) : 0;
    int above = row > 0 ? coefficients(column, row - 1) : 0;
    int around = column > 0 && row > 0 ? (left + above + 1) >> 1 : left + above;
    CoefficientToken.none(out, around);
  }

  private int coefficients(int column, int row) {
    return sampled[row * COLUMNS + column] ? FULL_BLOCK : 0;
  }
}
