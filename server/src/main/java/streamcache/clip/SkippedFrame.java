package streamcache.clip;

/** A picture that repeats the previous one: a single run of skipped macroblocks. Pure. */
final class SkippedFrame {

  private SkippedFrame() {}

  /**
   * Returns the NAL unit.
   *
   * @param number pictures since the last refresh, from 1 on
   */
  static byte[] encode(int number) {
    BitWriter out = new BitWriter(16);
    out.unsigned(/* first macroblock */ 0);
    out.unsigned(/* type: all slices predicted */ 5);
    out.unsigned(/* parameters */ 0);
    out.bits(number, ParameterSets.FRAME_NUMBER_BITS);
    out.flag(/* other number of references */ false);
    out.flag(/* other order of references */ false);
    out.flag(/* other marking */ false);
    out.signed(/* quantiser */ 0);
    out.unsigned(/* no deblocking */ 1);
    int macroblock = Picture.MACROBLOCK * Picture.MACROBLOCK;
    out.unsigned(/* skipped */ Picture.WIDTH * Picture.HEIGHT / macroblock);
    return NalUnit.wrap(NalUnit.REFERENCE_SLICE, out.stop().toBytes());
  }
}
