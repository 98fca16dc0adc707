package streamcache.clip;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Test parser that reads the boxes of a clip as a player would. */
final class Boxes {

  private static final Set<String> FOLDERS = Set.of("moov", "trak", "mdia", "minf", "stbl");

  /** Room for the header of a clip of somewhat more than a day. */
  private static final int MOST_HEAD = 8 << 20;

  private final Map<String, ByteBuffer> contents = new HashMap<>();
  private long mediaStart;
  private long mediaLength;

  private Boxes() {}

  static Boxes of(Clip clip) {
    ByteBuffer head = ByteBuffer.allocate((int) Math.min(MOST_HEAD, clip.length()));
    clip.read(0, head);
    Boxes boxes = new Boxes();
    boxes.read(head.flip(), "");
    if (boxes.mediaStart + boxes.mediaLength != clip.length()) {
      throw new AssertionError("media data does not end with the clip");
    }
    return boxes;
  }

  private void read(ByteBuffer in, String path) {
    int tracks = 0;
    while (in.hasRemaining()) {
      int start = in.position();
      long size = in.getInt() & 0xffff_ffffL;
      byte[] name = new byte[4];
      in.get(name);
      String type = new String(name, StandardCharsets.US_ASCII);
      if (type.equals("mdat")) {
        boolean isLong = size == 1;
        mediaLength = isLong ? in.getLong() - 16 : size - 8;
        mediaStart = in.position();
        return;
      }
      String here = path + "/" + type + (type.equals("trak") ? ++tracks : "");
      ByteBuffer content = in.slice(start + 8, (int) size - 8);
      contents.put(here, content);
      in.position(start + (int) size);
      if (FOLDERS.contains(type)) {
        read(content.duplicate(), here);
      }
    }
  }

  long mediaStart() {
    return mediaStart;
  }

  long mediaLength() {
    return mediaLength;
  }

  /** Paths such as {@code /moov/trak1/mdia}. */
  Set<String> paths() {
    return contents.keySet();
  }

  long seconds() {
    ByteBuffer header = contents.get("/moov/mvhd");
    return unsigned(header, 16) / unsigned(header, 12);
  }

  /** The duration of a track by its media header, which must be a whole number of seconds. */
  long seconds(int track) {
    ByteBuffer header = contents.get("/moov/trak" + track + "/mdia/mdhd");
    if (unsigned(header, 16) % unsigned(header, 12) != 0) {
      throw new AssertionError("no whole seconds");
    }
    return unsigned(header, 16) / unsigned(header, 12);
  }

  /** The duration of a track in seconds, by its sample time table. */
  double tableSeconds(int track) {
    ByteBuffer times = table(track, "stts");
    double ticks = (double) unsigned(times, 8) * unsigned(times, 12);
    return ticks / unsigned(contents.get("/moov/trak" + track + "/mdia/mdhd"), 12);
  }

  int samples(int track) {
    return table(track, "stsz").getInt(8);
  }

  long sampleSize(int track, int sample) {
    ByteBuffer sizes = table(track, "stsz");
    int common = sizes.getInt(4);
    return common != 0 ? common : unsigned(sizes, 12 + 4 * sample);
  }

  int samplesAChunk(int track) {
    ByteBuffer chunks = table(track, "stsc");
    if (chunks.getInt(4) != 1) {
      throw new AssertionError("more than one kind of chunk");
    }
    return chunks.getInt(12);
  }

  int chunks(int track) {
    return offsets(track).getInt(4);
  }

  long chunkOffset(int track, int chunk) {
    ByteBuffer offsets = offsets(track);
    return hasLongOffsets(track)
        ? offsets.getLong(8 + 8 * chunk)
        : unsigned(offsets, 8 + 4 * chunk);
  }

  boolean hasLongOffsets(int track) {
    return contents.containsKey("/moov/trak" + track + "/mdia/minf/stbl/co64");
  }

  /** The numbers, from 1, of the samples at which decoding may begin. */
  List<Integer> refreshes(int track) {
    ByteBuffer refreshes = table(track, "stss");
    return java.util.stream.IntStream.range(0, refreshes.getInt(4))
        .mapToObj(i -> refreshes.getInt(8 + 4 * i))
        .toList();
  }

  private ByteBuffer offsets(int track) {
    return table(track, hasLongOffsets(track) ? "co64" : "stco");
  }

  private ByteBuffer table(int track, String type) {
    return contents.get("/moov/trak" + track + "/mdia/minf/stbl/" + type);
  }

  private static long unsigned(ByteBuffer in, int at) {
    return in.getInt(at) & 0xffff_ffffL;
  }
}
