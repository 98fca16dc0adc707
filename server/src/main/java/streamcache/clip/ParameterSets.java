package streamcache.clip;

/**
 * What an H.264 decoder needs before the first picture: Constrained Baseline, level 3.1, pictures
 * in display order, no deblocking. Pure.
 */
final class ParameterSets {

  static final int PROFILE = 66;

  /** Constraint sets 0 and 1: decodable by both Baseline and Main decoders. */
  static final int CONSTRAINTS = 0xc0;

  static final int LEVEL = 31;

  /** Bits of frame_num, which counts pictures since the last refresh. */
  static final int FRAME_NUMBER_BITS = 4;

  private static final int SQUARE_PIXELS = 1;
  private static final int UNSPECIFIED_FORMAT = 5;
  private static final int BT_709 = 1;

  private ParameterSets() {}

  static byte[] sequence() {
    BitWriter out = new BitWriter(64);
    out.bits(PROFILE, 8).bits(CONSTRAINTS, 8).bits(LEVEL, 8);
    out.unsigned(/* id */ 0);
    out.unsigned(FRAME_NUMBER_BITS - 4);
    out.unsigned(/* pic_order_cnt_type: shown as decoded */ 2);
    out.unsigned(/* reference frames */ 1);
    out.flag(/* gaps in frame numbers */ false);
    out.unsigned(Picture.WIDTH / Picture.MACROBLOCK - 1);
    out.unsigned(Picture.HEIGHT / Picture.MACROBLOCK - 1);
    out.flag(/* frames only */ true);
    out.flag(/* direct 8x8 inference */ true);
    out.flag(/* cropping */ false);
    out.flag(/* usability information */ true);
    usability(out);
    return NalUnit.wrap(NalUnit.SEQUENCE_PARAMETERS, out.stop().toBytes());
  }

  /** Colours, frame rate, and that a picture can be shown as soon as it is decoded. */
  private static void usability(BitWriter out) {
    out.flag(/* aspect ratio */ true).bits(SQUARE_PIXELS, 8);
    out.flag(/* overscan */ false);
    out.flag(/* video signal type */ true).bits(UNSPECIFIED_FORMAT, 3);
    out.flag(/* full range */ false);
    out.flag(/* colours */ true).bits(BT_709, 8).bits(BT_709, 8).bits(BT_709, 8);
    out.flag(/* chroma location */ false);
    out.flag(/* timing */ true);
    out.bits(/* a tick is a field */ 1, 32).bits(2 * Block.FRAMES_A_SECOND, 32);
    out.flag(/* fixed frame rate */ true);
    out.flag(/* NAL decoder model */ false).flag(/* VCL decoder model */ false);
    out.flag(/* picture structure */ false);
    out.flag(/* restrictions */ true);
    out.flag(/* vectors beyond the edges */ true);
    out.unsigned(/* bytes a picture: any */ 0).unsigned(/* bits a macroblock: any */ 0);
    out.unsigned(/* horizontal vectors */ 0).unsigned(/* vertical vectors */ 0);
    out.unsigned(/* reordered pictures */ 0).unsigned(/* pictures held */ 1);
  }

  static byte[] picture() {
    BitWriter out = new BitWriter(16);
    out.unsigned(/* id */ 0).unsigned(/* sequence */ 0);
    out.flag(/* CABAC */ false).flag(/* field order */ false);
    out.unsigned(/* slice groups */ 0);
    out.unsigned(/* references 0 */ 0).unsigned(/* references 1 */ 0);
    out.flag(/* weighted prediction */ false).bits(/* weighted biprediction */ 0, 2);
    out.signed(/* quantiser */ 0).signed(/* quantiser SP */ 0).signed(/* chroma offset */ 0);
    out.flag(/* slices say how to deblock */ true);
    out.flag(/* constrained prediction */ false).flag(/* redundant pictures */ false);
    return NalUnit.wrap(NalUnit.PICTURE_PARAMETERS, out.stop().toBytes());
  }
}
