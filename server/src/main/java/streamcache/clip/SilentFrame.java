package streamcache.clip;

/**
 * 1024 samples of silence, two channels, 48 kHz, in AAC-LC. Sound is required: media servers select
 * streams by number and fail without a second one. Pure.
 */
final class SilentFrame {

  static final int SAMPLES = 1024;
  static final int SAMPLES_A_SECOND = 48_000;
  static final int CHANNELS = 2;

  private static final int CHANNEL_PAIR = 1;
  private static final int END = 7;

  private SilentFrame() {}

  /** AudioSpecificConfig: AAC-LC (2), 48 kHz (index 3), two channels. */
  static byte[] configuration() {
    return new BitWriter(2).bits(2, 5).bits(3, 4).bits(CHANNELS, 4).align().toBytes();
  }

  /** A raw_data_block: a channel pair with no scale factor bands in use. */
  static byte[] encode() {
    BitWriter out = new BitWriter(8);
    out.bits(CHANNEL_PAIR, 3).bits(/* tag */ 0, 4);
    out.flag(/* common window */ true);
    out.bits(/* reserved */ 0, 1).bits(/* long window */ 0, 2).bits(/* its shape: KBD */ 1, 1);
    out.bits(/* bands in use */ 0, 6).flag(/* prediction */ false);
    out.bits(/* middle and side */ 0, 2);
    for (int channel = 0; channel < CHANNELS; channel++) {
      out.bits(/* gain */ 140, 8);
      out.flag(/* pulses */ false).flag(/* noise shaping */ false).flag(/* gain control */ false);
    }
    return out.bits(END, 3).align().toBytes();
  }
}
