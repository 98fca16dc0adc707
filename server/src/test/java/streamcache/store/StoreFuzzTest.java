package streamcache.store;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.store.StoreRig.KEY;
import static streamcache.store.StoreRig.MIB;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;

/** After any operations in any order, a present byte is the correct one. Prints its seed. */
@ParameterizedClass
@EnumSource
final class StoreFuzzTest {
  private static final int TOTAL = 2 * MIB;

  @TempDir private Path temp;
  @RegisterExtension private final Stores stores;
  private final Mode mode;
  private int copies;

  StoreFuzzTest(Mode mode) {
    this.mode = mode;
    this.stores = new Stores(StoreTime.SYSTEM, mode);
  }

  @Test
  void anyOrder_ofWritesEvictionsAndRestarts_keepsBytesAndAccountsTrue() throws Exception {
    long seed = System.nanoTime();
    System.out.println("StoreFuzzTest seed " + seed);
    Random random = new Random(seed);
    Path folder = temp.resolve("cache");
    RangeSet oracle = RangeSet.EMPTY;
    for (int round = 0; round < 12; round++) {
      int bootTag = random.nextInt(2);
      try (Store store = open(folder, bootTag);
          Title title = store.title(KEY)) {
        Generation generation =
            title.generation().isPresent()
                ? title.generation().get()
                : title.begin(StoreRig.facts(TOTAL));
        assertThat(generation.present()).isEqualTo(oracle);
        for (int step = 0; step < 25; step++) {
          oracle = step(random, generation, oracle);
          assertThat(generation.present()).isEqualTo(oracle);
          assertThat(store.usage().usedBytes()).isEqualTo(mode.footprint().bytes(oracle));
        }
        assertThat(StoreRig.checkAll(generation)).isEqualTo(oracle.size());
        checkKilled(folder, random.nextInt(2), oracle);
      }
    }
    assertThat(stores.ear.heard).isEmpty();
  }

  @Test
  void readersWritersAndEvictionAtOnce_neverGiveAWrongByte() throws Exception {
    long seed = System.nanoTime();
    System.out.println("StoreFuzzTest seed " + seed);
    int total = 24 * MIB;
    try (Store store = open(temp.resolve("cache"), 1);
        Title title = store.title(KEY);
        ExecutorService threads = Executors.newCachedThreadPool()) {
      Generation generation = title.begin(StoreRig.facts(total));
      StoreRig.write(generation, 0, total);
      List<Future<Long>> readers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Random random = new Random(seed + i);
        readers.add(threads.submit(() -> readAbout(generation, random, total)));
      }
      Random random = new Random(seed - 1);
      long freed = 0;
      for (int i = 0; i < 60 || !readers.stream().allMatch(Future::isDone); i++) {
        freed += StoreRig.punch(generation, RangeSet.of(range(random, total, 4 * MIB)));
        if (i % 3 == 0) {
          for (ByteRange hole : generation.present().holes(new ByteRange(0, total)).ranges()) {
            StoreRig.write(generation, hole.start(), (int) hole.length());
          }
        }
      }
      for (Future<Long> reader : readers) {
        assertThat(reader.get(60, TimeUnit.SECONDS)).isPositive();
      }
      assertThat(freed > 0).isEqualTo(mode.footprint().shrinks());
      assertThat(StoreRig.checkAll(generation)).isEqualTo(generation.present().size());
      assertThat(store.usage().usedBytes()).isEqualTo(mode.footprint().bytes(generation.present()));
    }
  }

  private RangeSet step(Random random, Generation generation, RangeSet oracle) throws Exception {
    ByteRange range = range(random, TOTAL, 300_000);
    return switch (random.nextInt(6)) {
      case 0 -> {
        long _ = StoreRig.punch(generation, RangeSet.of(range));
        yield mode.footprint().shrinks() ? oracle.minus(range) : oracle;
      }
      case 1 -> {
        boolean _ = Checkpoint.run(generation);
        yield oracle;
      }
      default -> {
        StoreRig.write(generation, range.start(), (int) range.length());
        yield oracle.plus(range);
      }
    };
  }

  /** A kill may lose bytes that are not journaled, but never yields a wrong or given-up byte. */
  private void checkKilled(Path folder, int bootTag, RangeSet oracle) throws Exception {
    Path copy = StoreRig.killed(folder, temp.resolve("copy" + copies++));
    try (Store store = open(copy, bootTag);
        Title title = store.title(KEY)) {
      Generation generation = title.generation().orElseThrow();
      assertThat(StoreRig.checkAll(generation)).isLessThanOrEqualTo(oracle.size());
      for (ByteRange range : generation.present().ranges()) {
        assertThat(oracle.covers(range)).as("%s of %s", range, oracle).isTrue();
      }
    }
    // A record partly given up before a sync can no longer be verified; that is no fault.
    stores.ear.heard.removeIf(what -> what.startsWith("invalidated"));
  }

  private static long readAbout(Generation generation, Random random, int total)
      throws IOException {
    long read = 0;
    try (Reader reader = generation.reader(0)) {
      for (int i = 0; i < 1500; i++) {
        long at = random.nextInt(total);
        Extent extent = reader.at(at, 64 << 10).orElse(null);
        if (extent == null) {
          continue;
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) extent.length());
        while (bytes.hasRemaining()
            && extent.file().read(bytes, extent.from() + bytes.position()) > 0) {
          // Until the buffer is full.
        }
        for (int j = 0; j < bytes.capacity(); j++) {
          if (bytes.get(j) != StoreRig.byteAt(at + j)) {
            throw new AssertionError("wrong byte at " + (at + j));
          }
        }
        read += bytes.capacity();
      }
    }
    return read;
  }

  private static ByteRange range(Random random, int total, int most) {
    int start = random.nextInt(total - 1);
    return new ByteRange(start, Math.min(total, start + 1 + random.nextInt(most)));
  }

  private Store open(Path folder, int bootTag) throws StoreException {
    return stores.open(folder, bootTag);
  }
}
