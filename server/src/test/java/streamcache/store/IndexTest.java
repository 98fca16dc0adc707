package streamcache.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.durable.Disk;
import streamcache.link.TitleKey;
import streamcache.store.Index.Opened;

class IndexTest {

  private static final TitleUse FIRST =
      new TitleUse(key(1), 1L << 40, 1L << 41, 1_800_000_000L, 7, 123, false, true);
  private static final TitleUse SECOND = new TitleUse(key(2), 4096, -1, 5, 0, 0, true, false);

  @TempDir private Path folder;

  @Test
  void open_emptyFolder_isEmptyAndClean() {
    Opened opened = Index.open(Disk.system(), folder);

    assertThat(opened.index().uses()).isEmpty();
    assertThat(opened.reread()).isEmpty();
    assertThat(opened.clean()).isTrue();
  }

  @Test
  void open_afterACleanClose_knowsAllAndRereadsNothing() throws IOException {
    Index index = Index.open(Disk.system(), folder).index();
    touch(index, FIRST);
    touch(index, SECOND);
    index.close();

    Opened opened = Index.open(Disk.system(), folder);

    assertThat(opened.index().uses()).containsExactlyInAnyOrder(FIRST, SECOND);
    assertThat(opened.index().use(FIRST.key())).contains(FIRST);
    assertThat(opened.reread()).isEmpty();
    assertThat(opened.clean()).isTrue();
  }

  @Test
  void open_afterACrash_rereadsWhatWasTouchedSinceTheSnapshot() throws IOException {
    Index index = Index.open(Disk.system(), folder).index();
    touch(index, FIRST);
    index.save();
    touch(index, SECOND);
    index.abandon();

    Opened opened = Index.open(Disk.system(), folder);

    assertThat(opened.index().uses()).containsExactlyInAnyOrder(FIRST, SECOND);
    assertThat(opened.reread()).containsExactly(SECOND.key());
    assertThat(opened.clean()).isFalse();
  }

  @Test
  void open_afterTwoCrashes_stillRereadsBoth() throws IOException {
    Index first = Index.open(Disk.system(), folder).index();
    touch(first, FIRST);
    first.abandon();
    Index second = Index.open(Disk.system(), folder).index();
    touch(second, SECOND);
    second.abandon();

    Opened opened = Index.open(Disk.system(), folder);

    assertThat(opened.index().uses()).containsExactlyInAnyOrder(FIRST, SECOND);
    assertThat(opened.reread()).containsExactlyInAnyOrder(FIRST.key(), SECOND.key());
  }

  @Test
  void open_lastRecordOfATitle_wins() throws IOException {
    Index index = Index.open(Disk.system(), folder).index();
    touch(index, SECOND);
    TitleUse later = new TitleUse(SECOND.key(), 8192, 9000, 6, 1, 2, false, false);
    touch(index, later);
    index.abandon();

    assertThat(Index.open(Disk.system(), folder).index().uses()).containsExactly(later);
  }

  @Test
  void open_forgottenTitle_isGone() throws IOException {
    Index index = Index.open(Disk.system(), folder).index();
    touch(index, FIRST);
    touch(index, SECOND);
    index.save();
    Files.delete(sidecar(FIRST.key()));
    index.forget(FIRST.key());
    index.abandon();

    Opened opened = Index.open(Disk.system(), folder);

    assertThat(opened.index().uses()).containsExactly(SECOND);
    assertThat(opened.reread()).isEmpty();
  }

  @Test
  void open_sidecarUnknownToTheIndex_isReread() throws IOException {
    Index index = Index.open(Disk.system(), folder).index();
    touch(index, FIRST);
    index.close();
    makeSidecar(SECOND.key());
    Files.writeString(sidecar(FIRST.key()).resolveSibling("strange.st"), "");
    Files.writeString(sidecar(FIRST.key()).resolveSibling("Film [aaaaaaaa].mkv"), "");

    Opened opened = Index.open(Disk.system(), folder);

    assertThat(opened.index().uses()).containsExactly(FIRST);
    assertThat(opened.reread()).containsExactly(SECOND.key());
  }

  @Test
  void open_titleWithoutSidecar_isDropped() throws IOException {
    Index index = Index.open(Disk.system(), folder).index();
    touch(index, FIRST);
    touch(index, SECOND);
    index.save();
    touch(index, FIRST);
    index.abandon();
    Files.delete(sidecar(FIRST.key()));

    Opened opened = Index.open(Disk.system(), folder);

    assertThat(opened.index().uses()).containsExactly(SECOND);
    assertThat(opened.reread()).isEmpty();
  }

  @Test
  void open_anyByteOfTheSnapshotDamaged_rereadsAll() throws IOException {
    Index index = Index.open(Disk.system(), folder).index();
    touch(index, FIRST);
    touch(index, SECOND);
    index.close();
    Path snapshot = folder.resolve("index.snap");
    byte[] good = Files.readAllBytes(snapshot);
    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= 0x20;
      Files.write(snapshot, bad);
      Opened opened = Index.open(Disk.system(), folder);
      assertThat(opened.index().uses()).as("byte " + i).isEmpty();
      assertThat(opened.reread())
          .as("byte " + i)
          .containsExactlyInAnyOrder(FIRST.key(), SECOND.key());
      opened.index().abandon();
    }
  }

  @Test
  void open_snapshotCutAnywhere_isIgnored() throws IOException {
    Index index = Index.open(Disk.system(), folder).index();
    touch(index, FIRST);
    index.close();
    Path snapshot = folder.resolve("index.snap");
    byte[] good = Files.readAllBytes(snapshot);
    for (int length = 0; length < good.length; length++) {
      Files.write(snapshot, Arrays.copyOf(good, length));
      Opened opened = Index.open(Disk.system(), folder);
      assertThat(opened.reread()).as("length " + length).containsExactly(FIRST.key());
      opened.index().abandon();
    }
  }

  @Test
  void open_logTornInItsLastRecord_keepsThoseBeforeAndGoesOn() throws IOException {
    Index index = Index.open(Disk.system(), folder).index();
    touch(index, FIRST);
    touch(index, SECOND);
    index.abandon();
    Path log = folder.resolve("index.log");
    try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
      long size = channel.size();
      channel.write(ByteBuffer.allocate(20), size - 20);
    }

    Opened torn = Index.open(Disk.system(), folder);
    assertThat(torn.index().uses()).containsExactly(FIRST);
    assertThat(torn.reread()).containsExactlyInAnyOrder(FIRST.key(), SECOND.key());
    torn.index().touch(SECOND);
    torn.index().abandon();

    assertThat(Index.open(Disk.system(), folder).index().uses())
        .containsExactlyInAnyOrder(FIRST, SECOND);
  }

  @Test
  void open_logOfZeroes_isAnUncleanStopAndNoMore() throws IOException {
    Index index = Index.open(Disk.system(), folder).index();
    touch(index, FIRST);
    index.close();
    Files.write(folder.resolve("index.log"), new byte[5000]);

    Opened opened = Index.open(Disk.system(), folder);

    assertThat(opened.clean()).isFalse();
    assertThat(opened.index().uses()).containsExactly(FIRST);
    opened.index().close();
    assertThat(Index.open(Disk.system(), folder).clean()).isTrue();
  }

  @Test
  void open_folderThatTakesNoLog_worksInMemory() throws IOException {
    Files.createDirectory(folder.resolve("index.log"));
    Opened opened = Index.open(Disk.system(), folder);

    touch(opened.index(), FIRST);
    opened.index().save();
    opened.index().abandon();

    assertThat(Index.open(Disk.system(), folder).index().uses()).containsExactly(FIRST);
  }

  @Test
  void anyHistory_random_isRecalled() throws IOException {
    long seed = System.nanoTime();
    System.out.println("IndexTest seed " + seed);
    Random random = new Random(seed);
    Map<TitleKey, TitleUse> expected = new HashMap<>();
    Index index = Index.open(Disk.system(), folder).index();
    for (int step = 0; step < 400; step++) {
      TitleKey key = key(random.nextInt(50));
      switch (random.nextInt(20)) {
        case 0 -> index.save();
        case 1 -> {
          index.close();
          Opened opened = Index.open(Disk.system(), folder);
          assertThat(opened.reread()).as("seed " + seed).isEmpty();
          index = opened.index();
        }
        case 2 -> {
          index.abandon();
          index = Index.open(Disk.system(), folder).index();
        }
        case 3, 4, 5 -> {
          Files.deleteIfExists(sidecar(key));
          index.forget(key);
          expected.remove(key);
        }
        default -> {
          TitleUse use =
              new TitleUse(
                  key,
                  random.nextLong(),
                  random.nextLong(),
                  step,
                  1,
                  2,
                  random.nextBoolean(),
                  false);
          touch(index, use);
          expected.put(key, use);
        }
      }
      assertThat(index.uses())
          .as("seed " + seed + " step " + step)
          .containsExactlyInAnyOrderElementsOf(expected.values());
    }
  }

  @Test
  void snapshot_ofTwoHundredThousandTitles_isReadAtOnce() throws IOException {
    Map<TitleKey, TitleUse> uses = new HashMap<>();
    for (int i = 0; i < 200_000; i++) {
      uses.put(key(i), new TitleUse(key(i), i, 2L * i, i, i, i, false, false));
    }
    Path file = folder.resolve("index.snap");
    IndexSnapshot.write(Disk.system(), file, uses.values());

    long start = System.nanoTime();
    int read = IndexSnapshot.read(file).size();
    Duration took = Duration.ofNanos(System.nanoTime() - start);

    System.out.println("IndexTest read 200000 titles in " + took.toMillis() + " ms");
    assertThat(read).isEqualTo(200_000);
    // Ten times the target: this only has to catch a wrong order of growth on a busy machine.
    assertThat(took).isLessThan(Duration.ofSeconds(10));
  }

  private void touch(Index index, TitleUse use) throws IOException {
    makeSidecar(use.key());
    index.touch(use);
  }

  private void makeSidecar(TitleKey key) throws IOException {
    Files.createDirectories(sidecar(key).getParent());
    Files.write(sidecar(key), new byte[0]);
  }

  private Path sidecar(TitleKey key) {
    return folder.resolve("media").resolve("7f").resolve(key.value() + ".st");
  }

  private static TitleKey key(int number) {
    StringBuilder key = new StringBuilder("a".repeat(20));
    for (int rest = number, i = 0; i < 6; i++, rest /= 26) {
      key.append((char) ('a' + rest % 26));
    }
    return new TitleKey(key.toString());
  }
}
