package streamcache.clip;

/** The only CAVLC code that is needed here (H.264 table 9-5): a block without coefficients. */
final class CoefficientToken {

  private CoefficientToken() {}

  /**
   * @param around nC, the mean number of coefficients in the blocks left and above: 0 to 16
   */
  static void none(BitWriter out, int around) {
    if (around < 2) {
      out.bits(0b1, 1);
    } else if (around < 4) {
      out.bits(0b11, 2);
    } else if (around < 8) {
      out.bits(0b1111, 4);
    } else {
      out.bits(0b000011, 6);
    }
  }
}
