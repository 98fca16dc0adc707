package streamcache.clip;

import java.nio.ByteBuffer;

/**
 * Eight seconds of picture and silence, which the clip repeats. Five chunks of 1.6 s, the shortest
 * interval that holds whole frames of both kinds, so that players read without jumping back and
 * forth. Immutable.
 */
final class Block {

  static final int SECONDS = 8;
  static final int FRAMES_A_SECOND = 5;
  static final int FRAMES = SECONDS * FRAMES_A_SECOND;
  static final int CHUNKS = 5;
  static final int FRAMES_A_CHUNK = FRAMES / CHUNKS;
  static final int SOUNDS = SECONDS * SilentFrame.SAMPLES_A_SECOND / SilentFrame.SAMPLES;
  static final int SOUNDS_A_CHUNK = SOUNDS / CHUNKS;

  /** Size of the length in front of each NAL unit within MP4. */
  static final int LENGTH_BYTES = 4;

  /** Offset of the byte that distinguishes even blocks from odd ones. */
  private static final int ID_AT = LENGTH_BYTES + IntraFrame.ID_AT;

  private final byte[] bytes;
  private final int first;
  private final int other;
  private final int sound;

  /** Encodes the picture. */
  Block(Picture picture) {
    byte[] intra = IntraFrame.encode(picture);
    byte[] silence = SilentFrame.encode();
    first = LENGTH_BYTES + intra.length;
    other = LENGTH_BYTES + SkippedFrame.encode(1).length;
    sound = silence.length;
    ByteBuffer out = ByteBuffer.allocate(first + (FRAMES - 1) * other + SOUNDS * sound);
    for (int chunk = 0; chunk < CHUNKS; chunk++) {
      for (int frame = chunk * FRAMES_A_CHUNK; frame < (chunk + 1) * FRAMES_A_CHUNK; frame++) {
        byte[] unit = frame == 0 ? intra : SkippedFrame.encode(frame);
        out.putInt(unit.length).put(unit);
      }
      for (int i = 0; i < SOUNDS_A_CHUNK; i++) {
        out.put(silence);
      }
    }
    bytes = out.array();
  }

  int length() {
    return bytes.length;
  }

  /** Bytes of the block's first frame. */
  int firstFrame() {
    return first;
  }

  /** Bytes of each other frame. */
  int otherFrame() {
    return other;
  }

  /** Bytes of each frame of sound. */
  int sound() {
    return sound;
  }

  /** Where the pictures of a chunk begin, from the start of the block. */
  int pictures(int chunk) {
    int before = chunk * (FRAMES_A_CHUNK * other + SOUNDS_A_CHUNK * sound);
    return chunk == 0 ? 0 : before + first - other;
  }

  /** Where the sound of a chunk begins, from the start of the block. */
  int sounds(int chunk) {
    return pictures(chunk) + FRAMES_A_CHUNK * other + (chunk == 0 ? first - other : 0);
  }

  /**
   * Puts bytes of the block as they are at a given position in the clip.
   *
   * @param number 0 for the first block
   * @param from offset within the block
   * @param count at most up to the end of the block
   */
  void put(long number, int from, int count, ByteBuffer into) {
    int start = into.position();
    into.put(bytes, from, count);
    if (number % 2 == 1 && from <= ID_AT && ID_AT < from + count) {
      into.put(start + ID_AT - from, (byte) (bytes[ID_AT] ^ IntraFrame.ID_BIT));
    }
  }
}
