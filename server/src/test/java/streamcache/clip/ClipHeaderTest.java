package streamcache.clip;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads the index back: it agrees with the bytes of the clip. */
final class ClipHeaderTest {

  private static final int PICTURE = 1;
  private static final int SOUND = 2;
  private static final long FOUR_GIB = 4L << 30;

  @Test
  void boxes_areThoseOfAPlainMp4() {
    assertThat(Boxes.of(Clip.of(Cards.plain())).paths())
        .contains(
            "/ftyp",
            "/moov/mvhd",
            "/moov/trak1/tkhd",
            "/moov/trak1/mdia/mdhd",
            "/moov/trak1/mdia/hdlr",
            "/moov/trak1/mdia/minf/vmhd",
            "/moov/trak1/mdia/minf/dinf",
            "/moov/trak1/mdia/minf/stbl/stsd",
            "/moov/trak2/mdia/minf/smhd",
            "/moov/trak2/mdia/minf/stbl/stsd");
  }

  @ParameterizedTest
  @ValueSource(longs = {8, 16, 1000, 7200, 86_400})
  void durations_ofAllHeadersAndTables_areTheSame(long seconds) {
    Boxes boxes = Boxes.of(Clip.of(Cards.lasting(Duration.ofSeconds(seconds))));
    assertThat(boxes.seconds()).isEqualTo(seconds);
    for (int track : new int[] {PICTURE, SOUND}) {
      assertThat(boxes.seconds(track)).isEqualTo(seconds);
      assertThat(boxes.tableSeconds(track)).isEqualTo(seconds);
    }
  }

  /** Walks all chunks in file order: no gap, no overlap, no remainder. */
  @Test
  void chunks_ofBothTracks_tileTheMediaData() {
    Boxes boxes = Boxes.of(Clip.of(Cards.lasting(Duration.ofMinutes(2))));
    assertThat(boxes.chunks(PICTURE)).isEqualTo(boxes.chunks(SOUND));
    assertEverySampleIsInAChunk(boxes, PICTURE);
    assertEverySampleIsInAChunk(boxes, SOUND);
    long at = boxes.mediaStart();
    for (int chunk = 0; chunk < boxes.chunks(PICTURE); chunk++) {
      for (int track : new int[] {PICTURE, SOUND}) {
        assertThat(boxes.chunkOffset(track, chunk)).as("chunk %d", chunk).isEqualTo(at);
        for (int i = 0; i < boxes.samplesAChunk(track); i++) {
          at += boxes.sampleSize(track, chunk * boxes.samplesAChunk(track) + i);
        }
      }
    }
    assertThat(at).isEqualTo(boxes.mediaStart() + boxes.mediaLength());
  }

  private static void assertEverySampleIsInAChunk(Boxes boxes, int track) {
    assertThat(boxes.chunks(track) * boxes.samplesAChunk(track)).isEqualTo(boxes.samples(track));
  }

  @Test
  void refreshes_areTheFramesThatDecodingMayBeginAt() {
    Clip clip = Clip.of(Cards.lasting(Duration.ofSeconds(80)));
    Boxes boxes = Boxes.of(clip);
    assertThat(boxes.refreshes(PICTURE))
        .containsExactly(1, 41, 81, 121, 161, 201, 241, 281, 321, 361);
    for (int chunk = 0; chunk < boxes.chunks(PICTURE); chunk++) {
      byte[] start = ClipTest.bytes(clip, boxes.chunkOffset(PICTURE, chunk), 5);
      int first = chunk * boxes.samplesAChunk(PICTURE) + 1;
      boolean isRefresh = boxes.refreshes(PICTURE).contains(first);
      assertThat(start[4])
          .isEqualTo((byte) (isRefresh ? NalUnit.INSTANT_REFRESH : NalUnit.REFERENCE_SLICE));
    }
  }

  @Test
  void offsets_beyondFourGib_becomeLongOnes() {
    Boxes short32 = Boxes.of(Clip.of(Cards.plain()));
    assertThat(short32.hasLongOffsets(PICTURE)).isFalse();
    Card full = Cards.full();
    Clip clip =
        Clip.of(
            new Card(
                full.title(),
                full.provider(),
                full.headline(),
                full.meaning(),
                full.notes(),
                full.time(),
                full.requestId(),
                Duration.ofDays(1)));
    assertThat(clip.length()).isGreaterThan(FOUR_GIB);
    Boxes boxes = Boxes.of(clip);
    for (int track : new int[] {PICTURE, SOUND}) {
      assertThat(boxes.hasLongOffsets(track)).isTrue();
      int last = boxes.chunks(track) - 1;
      assertThat(boxes.chunkOffset(track, last)).isBetween(FOUR_GIB, clip.length());
      assertThat(ClipTest.bytes(clip, boxes.chunkOffset(PICTURE, last), 5)[4])
          .isEqualTo((byte) NalUnit.REFERENCE_SLICE);
    }
  }
}
