package streamcache.clip;

/**
 * Everything in front of the repeated blocks: file type, the index with its tables, and the header
 * of the media data. For two hours it takes 185 kB, of which 144 are frame sizes and 36 chunk
 * offsets; docs/decisions says why they are not made smaller. Used once.
 */
final class ClipHeader {

  /** Ticks a second of the movie; its duration is thus in milliseconds. */
  private static final int MOVIE_TICKS = 1000;

  private static final int PICTURE_ID = 1;
  private static final int SOUND_ID = 2;
  private static final long LARGEST_SHORT_SIZE = 0xffff_ffffL;
  private static final int SHORT_HEADER = 8;
  private static final int LONG_HEADER = 16;
  private static final int ONE = 0x1_0000;

  private final Block block;
  private final int blocks;
  private final BoxWriter out = new BoxWriter();

  /** Where the first block begins. */
  private final long start;

  private ClipHeader(Block block, int blocks, long start) {
    this.block = block;
    this.blocks = blocks;
    this.start = start;
  }

  /** The header for the given number of blocks. */
  static byte[] of(Block block, int blocks) {
    // Offsets depend on the length of the header, and lengthen it only once they pass 4 GiB.
    long guess = new ClipHeader(block, blocks, /* start= */ 0).write().length;
    byte[] head = new ClipHeader(block, blocks, guess).write();
    return head.length == guess ? head : new ClipHeader(block, blocks, head.length).write();
  }

  private byte[] write() {
    out.box("ftyp", () -> out.ascii("isom").number(0x200, 4).ascii("isomiso2avc1mp41"));
    out.box("moov", this::movie);
    long media = (long) blocks * block.length();
    if (media + SHORT_HEADER <= LARGEST_SHORT_SIZE) {
      out.number(media + SHORT_HEADER, 4).ascii("mdat");
    } else {
      out.number(1, 4).ascii("mdat").number(media + LONG_HEADER, 8);
    }
    return out.toBytes();
  }

  private void movie() {
    out.fullBox("mvhd", 0, this::movieHeader);
    out.box(
        "trak",
        () -> {
          out.fullBox("tkhd", /* enabled, in use */ 3, () -> trackHeader(PICTURE_ID));
          out.box("mdia", this::pictures);
        });
    out.box(
        "trak",
        () -> {
          out.fullBox("tkhd", /* enabled, in use */ 3, () -> trackHeader(SOUND_ID));
          out.box("mdia", this::sounds);
        });
  }

  private void movieHeader() {
    times().number(MOVIE_TICKS, 4).number(duration(MOVIE_TICKS), 4);
    out.number(/* rate */ ONE, 4).number(/* volume */ ONE >> 8, 2).zeros(10);
    matrix().zeros(24).number(/* next track */ SOUND_ID + 1, 4);
  }

  private void trackHeader(int id) {
    boolean isSound = id == SOUND_ID;
    times().number(id, 4).zeros(4).number(duration(MOVIE_TICKS), 4).zeros(8);
    out.number(/* layer */ 0, 2).number(/* group */ 0, 2);
    out.number(/* volume */ isSound ? ONE >> 8 : 0, 2).zeros(2);
    matrix();
    out.number(isSound ? 0 : (long) Picture.WIDTH * ONE, 4);
    out.number(isSound ? 0 : (long) Picture.HEIGHT * ONE, 4);
  }

  private BoxWriter times() {
    return out.number(/* created */ 0, 4).number(/* modified */ 0, 4);
  }

  private BoxWriter matrix() {
    out.number(ONE, 4).zeros(12).number(ONE, 4).zeros(12);
    return out.number(0x4000_0000, 4);
  }

  private void pictures() {
    mediaHeader(SampleTable.PICTURE_TICKS, "vide", "Picture");
    out.box(
        "minf",
        () -> {
          out.fullBox("vmhd", /* always */ 1, () -> out.zeros(8));
          dataInformation();
          out.box("stbl", () -> table().pictures());
        });
  }

  private void sounds() {
    mediaHeader(SilentFrame.SAMPLES_A_SECOND, "soun", "Sound");
    out.box(
        "minf",
        () -> {
          out.fullBox("smhd", 0, () -> out.zeros(4));
          dataInformation();
          out.box("stbl", () -> table().sounds());
        });
  }

  private SampleTable table() {
    return new SampleTable(out, block, blocks, start);
  }

  private void mediaHeader(int ticks, String handler, String name) {
    out.fullBox(
        "mdhd",
        0,
        () ->
            times()
                .number(ticks, 4)
                .number(duration(ticks), 4)
                .number(/* und */ 0x55c4, 2)
                .zeros(2));
    out.fullBox("hdlr", 0, () -> out.zeros(4).ascii(handler).zeros(12).ascii(name).zeros(1));
  }

  private void dataInformation() {
    out.box(
        "dinf",
        () ->
            out.fullBox(
                "dref", 0, () -> out.number(1, 4).fullBox("url ", /* in this file */ 1, () -> {})));
  }

  private long duration(int ticks) {
    return (long) blocks * Block.SECONDS * ticks;
  }
}
