package streamcache.clip;

import java.util.function.IntUnaryOperator;

/** The encoding, duration and position of the frames of a track. Used by {@code ClipHeader}. */
final class SampleTable {

  /** Ticks a second of the picture track. */
  static final int PICTURE_TICKS = 10_000;

  private static final int SAMPLE_BITS = 16;
  private static final int SOUND_STREAM = 2;
  private static final int DOTS_AN_INCH = 72 << 16;
  private static final int BT_709 = 1;
  private static final long LARGEST_SHORT_OFFSET = 0xffff_ffffL;

  private final BoxWriter out;
  private final Block block;
  private final int blocks;
  private final long start;

  SampleTable(BoxWriter out, Block block, int blocks, long start) {
    this.out = out;
    this.block = block;
    this.blocks = blocks;
    this.start = start;
  }

  void pictures() {
    out.fullBox("stsd", 0, () -> out.number(1, 4).box("avc1", this::pictureFormat));
    times(Block.FRAMES, PICTURE_TICKS / Block.FRAMES_A_SECOND);
    out.fullBox(
        "stss",
        0,
        () -> {
          out.number(blocks, 4);
          for (int i = 0; i < blocks; i++) {
            out.number(1 + (long) i * Block.FRAMES, 4);
          }
        });
    chunks(Block.FRAMES_A_CHUNK);
    out.fullBox(
        "stsz",
        0,
        () -> {
          out.number(/* no common size */ 0, 4).number(frames(Block.FRAMES), 4);
          for (int i = 0; i < blocks; i++) {
            out.number(block.firstFrame(), 4);
            for (int frame = 1; frame < Block.FRAMES; frame++) {
              out.number(block.otherFrame(), 4);
            }
          }
        });
    offsets(block::pictures);
  }

  void sounds() {
    out.fullBox("stsd", 0, () -> out.number(1, 4).box("mp4a", this::soundFormat));
    times(Block.SOUNDS, SilentFrame.SAMPLES);
    chunks(Block.SOUNDS_A_CHUNK);
    out.fullBox("stsz", 0, () -> out.number(block.sound(), 4).number(frames(Block.SOUNDS), 4));
    offsets(block::sounds);
  }

  private void times(int framesABlock, int ticks) {
    out.fullBox("stts", 0, () -> out.number(1, 4).number(frames(framesABlock), 4).number(ticks, 4));
  }

  private void chunks(int framesAChunk) {
    out.fullBox(
        "stsc",
        0,
        () ->
            out.number(1, 4)
                .number(/* from chunk */ 1, 4)
                .number(framesAChunk, 4)
                .number(/* format */ 1, 4));
  }

  private void offsets(IntUnaryOperator withinBlock) {
    boolean isLong = start + (long) blocks * block.length() > LARGEST_SHORT_OFFSET;
    out.fullBox(
        isLong ? "co64" : "stco",
        0,
        () -> {
          out.number((long) blocks * Block.CHUNKS, 4);
          for (int i = 0; i < blocks; i++) {
            for (int chunk = 0; chunk < Block.CHUNKS; chunk++) {
              long within = withinBlock.applyAsInt(chunk);
              out.number(start + (long) i * block.length() + within, isLong ? 8 : 4);
            }
          }
        });
  }

  private long frames(int framesABlock) {
    return (long) blocks * framesABlock;
  }

  private void pictureFormat() {
    out.zeros(6).number(/* data reference */ 1, 2).zeros(16);
    out.number(Picture.WIDTH, 2).number(Picture.HEIGHT, 2);
    out.number(DOTS_AN_INCH, 4).number(DOTS_AN_INCH, 4).zeros(4);
    out.number(/* frames in a sample */ 1, 2).zeros(32);
    out.number(/* depth */ 24, 2).number(0xffff, 2);
    out.box(
        "avcC",
        () -> {
          out.number(1, 1).number(ParameterSets.PROFILE, 1).number(ParameterSets.CONSTRAINTS, 1);
          out.number(ParameterSets.LEVEL, 1).number(0xfc | (Block.LENGTH_BYTES - 1), 1);
          byte[] sequence = ParameterSets.sequence();
          out.number(/* sequence sets */ 0xe0 | 1, 1).number(sequence.length, 2).bytes(sequence);
          byte[] picture = ParameterSets.picture();
          out.number(/* picture sets */ 1, 1).number(picture.length, 2).bytes(picture);
        });
    out.box(
        "colr",
        () -> {
          out.ascii("nclx").number(BT_709, 2).number(BT_709, 2).number(BT_709, 2);
          out.number(/* limited range */ 0, 1);
        });
    out.box("pasp", () -> out.number(1, 4).number(1, 4));
  }

  private void soundFormat() {
    out.zeros(6).number(/* data reference */ 1, 2).zeros(8);
    out.number(SilentFrame.CHANNELS, 2).number(SAMPLE_BITS, 2).zeros(4);
    out.number((long) SilentFrame.SAMPLES_A_SECOND << 16, 4);
    out.fullBox("esds", 0, this::soundDescriptor);
  }

  /** Descriptors of MPEG-4 part 1: a tag, a length, and nested descriptors. */
  private void soundDescriptor() {
    byte[] configuration = SilentFrame.configuration();
    int specific = 2 + configuration.length;
    int decoder = 2 + 13 + specific;
    out.number(/* stream */ 3, 1).number(3 + decoder + 3, 1).number(SOUND_STREAM, 2).zeros(1);
    out.number(/* decoder */ 4, 1).number(13 + specific, 1);
    out.number(/* AAC */ 0x40, 1).number(/* audio stream */ 0x15, 1).zeros(3);
    out.number(bitsASecond(), 4).number(bitsASecond(), 4);
    out.number(/* configuration */ 5, 1).number(configuration.length, 1).bytes(configuration);
    out.number(/* synchronisation */ 6, 1).number(1, 1).number(/* as MP4 */ 2, 1);
  }

  private long bitsASecond() {
    return (long) block.sound() * 8 * Block.SOUNDS / Block.SECONDS;
  }
}
