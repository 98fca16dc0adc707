package streamcache.fill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.link.LinkCodec;
import streamcache.media.PlayingTime;
import streamcache.settings.EvictionPolicy;
import streamcache.settings.StoreSettings;
import streamcache.store.Generation;
import streamcache.store.GenerationFacts;
import streamcache.store.Store;
import streamcache.store.Title;

/** A stored MP4 of ten seconds whose index follows its media data. */
final class HeadLookTest {

  private static final int MIB = 1 << 20;
  private static final int SECONDS = 10;
  private static final int INDEX = 2 * MIB;
  private static final OptionalLong TOTAL = OptionalLong.of(INDEX + 1000);

  @TempDir Path folder;

  private final HeadLook look = new HeadLook();
  private Store store;
  private Title title;

  @BeforeEach
  void open() throws Exception {
    store =
        Store.open(
            new StoreSettings(
                folder.resolve("cache"),
                OptionalLong.of(1 << 30),
                OptionalLong.empty(),
                /* minFreeBytes= */ 0,
                Duration.ofMinutes(5),
                256 << 10,
                EvictionPolicy.HEADS),
            _ -> {});
    LinkCodec codec = new LinkCodec();
    title = store.title(codec.decode(codec.encode("http://provider.example/film.mp4")).key());
  }

  @AfterEach
  void close() {
    title.close();
    store.close();
  }

  @Test
  void atStored_indexBehindThePictures_tellsTheRate() throws Exception {
    Generation generation = film(INDEX, TOTAL);
    generation.write(INDEX, index());
    look.atStored(generation);
    assertThat(look.bitrate().isTold()).isTrue();
    assertThat(look.bitrate().rate(TOTAL)).isEqualTo((double) TOTAL.getAsLong() / SECONDS);
  }

  @Test
  void atStored_indexComesLater_isLookedAtThen() throws Exception {
    Generation generation = film(INDEX, TOTAL);
    look.atStored(generation);
    assertThat(look.bitrate().isTold()).isFalse();
    generation.write(INDEX, index());
    look.atStored(generation);
    assertThat(look.bitrate().isTold()).isTrue();
  }

  /** The old film's index is where the new film has media data. */
  @Test
  void atFirst_anotherFile_isLookedAtAnew() throws Exception {
    Generation generation = film(INDEX, TOTAL);
    look.atStored(generation);
    generation.write(INDEX, index());
    look.atFirst(front(MIB).limit(3));
    assertThat(look.bitrate().isTold()).isFalse();
    look.atStored(generation);
    assertThat(look.bitrate().isTold()).as("its head is looked at again").isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {INDEX + 1000, INDEX + 1001, 1L << 62, Long.MAX_VALUE, -1, Long.MIN_VALUE})
  void atStored_indexBehindTheEnd_isNotLookedFor(long index) throws Exception {
    for (OptionalLong total : new OptionalLong[] {TOTAL, OptionalLong.empty()}) {
      Generation generation = film(index, total);
      look.atFirst(ByteBuffer.allocate(0));
      look.atStored(generation);
      look.atStored(generation);
      assertThat(look.bitrate().isTold()).isFalse();
    }
  }

  /** Otherwise a file that always points further would be read for ever. */
  @Test
  void atStored_morePicturesBehindThePictures_areNotFollowed() throws Exception {
    Generation generation = film(INDEX, OptionalLong.of(6 * MIB + 1000));
    generation.write(INDEX, front(6L * MIB));
    look.atStored(generation);
    generation.write(6 * MIB, index());
    look.atStored(generation);
    assertThat(look.bitrate().isTold()).isFalse();
  }

  /** A generation whose head is stored; its media data ends at {@code index}. */
  private Generation film(long index, OptionalLong total) throws Exception {
    Generation generation =
        title.begin(
            new GenerationFacts(
                total,
                Optional.empty(),
                Optional.empty(),
                "video/mp4",
                Optional.empty(),
                "film.mp4",
                "provider.example",
                "provider.example",
                Optional.empty()));
    generation.write(0, front(index));
    return generation;
  }

  /** {@code ftyp} of 16 bytes and media data, which ends at {@code end} if this is at offset 0. */
  private static ByteBuffer front(long end) {
    return ByteBuffer.allocateDirect(PlayingTime.HEAD_BYTES)
        .putInt(16)
        .put(letters("ftypisom"))
        .putInt(0)
        .putInt(1)
        .put(letters("mdat"))
        .putLong(end - 16)
        .rewind();
  }

  private static ByteBuffer index() {
    return ByteBuffer.allocateDirect(1000)
        .putInt(1000)
        .put(letters("moov"))
        .putInt(108)
        .put(letters("mvhd"))
        .putInt(0)
        .putLong(0)
        .putInt(1000)
        .putInt(SECONDS * 1000)
        .rewind();
  }

  private static byte[] letters(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
