package streamcache.store;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.store.StoreRig.KEY;
import static streamcache.store.StoreRig.MIB;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import streamcache.durable.PowerDisk;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;

/**
 * Whenever the power fails and whatever the disk retains: no wrong byte is ever served, and what a
 * checkpoint promised is there. Prints its seed.
 */
@ParameterizedClass
@EnumSource
final class PowerCutTest {
  private static final int TOTAL = MIB;
  private static final int BEFORE = 1;
  private static final int AFTER = 2;

  /** Shift between the bytes of two generations; larger than either. */
  private static final long SHIFT = 1L << 40;

  @TempDir private Path temp;
  private final PowerDisk power = new PowerDisk();
  @RegisterExtension private final Stores stores;
  private final Mode mode;
  private final Map<String, Long> shifts = new HashMap<>();
  private final List<Cut> cuts = new CopyOnWriteArrayList<>();
  private final AtomicInteger stepsToCut = new AtomicInteger();
  private final AtomicInteger folders = new AtomicInteger();

  /** What the last checkpoint promised, less what was given up since, and for which generation. */
  private volatile RangeSet promised = RangeSet.EMPTY;

  private volatile String promisedTag = "";

  /** What was left of the disk, and the least that must be found there. */
  private record Cut(Path folder, RangeSet promised, String tag) {}

  PowerCutTest(Mode mode) {
    this.mode = mode;
    this.stores = new Stores(StoreTime.SYSTEM, mode, power);
  }

  @Test
  void anyMoment_ofAnyHistory_keepsItsPromises() throws Exception {
    long seed = System.nanoTime();
    System.out.println("PowerCutTest seed " + seed);
    Random random = new Random(seed);
    Path folder = temp.resolve("cache");
    stores.disk.beforeEach(() -> cutWhenDue(folder, random.nextLong()));
    for (int round = 0; round < 6; round++) {
      try (Store store = stores.open(folder, BEFORE)) {
        for (int step = 0; step < 30; step++) {
          boolean _ = stepsToCut.compareAndSet(0, 1 + random.nextInt(15));
          step(store, random);
          int left = stepsToCut.getAndSet(0);
          for (Cut cut : cuts) {
            check(cut);
          }
          cuts.clear();
          stepsToCut.set(left);
        }
        stepsToCut.set(0); // The store trusts a clean stop.
      }
    }
  }

  private void step(Store store, Random random) throws Exception {
    try (Title title = store.title(KEY)) {
      Generation generation =
          title.generation().isPresent() ? title.generation().get() : begin(title);
      ByteRange range = range(random);
      switch (random.nextInt(15)) {
        case 0, 14 -> {
          promised = RangeSet.EMPTY;
          Stores.onKeeper(title, () -> store.discard(title));
        }
        case 1 -> begin(title);
        case 2, 3 -> {
          promised = promised.minus(range);
          long _ = StoreRig.punch(generation, RangeSet.of(range));
        }
        case 4, 5, 6 -> checkpoint(generation);
        case 7 -> Stores.onKeeper(title, () -> shorten(generation));
        case 8 -> write(generation, new ByteRange(0, TOTAL));
        default -> write(generation, range);
      }
    }
  }

  private Generation begin(Title title) {
    promised = RangeSet.EMPTY;
    Generation generation = title.begin(StoreRig.facts(TOTAL));
    promisedTag = generation.etag();
    shifts.put(promisedTag, SHIFT * (shifts.size() + 1));
    return generation;
  }

  private void write(Generation generation, ByteRange range) throws StoreException {
    long shift = shifts.get(generation.etag());
    generation.write(range.start(), StoreRig.bytes(shift + range.start(), (int) range.length()));
  }

  private void checkpoint(Generation generation) throws Exception {
    RangeSet before = generation.present();
    boolean[] durable = new boolean[1];
    Stores.onKeeper(generation.title(), () -> durable[0] = Checkpoint.run(generation));
    assertThat(durable[0]).isTrue();
    promised = before;
  }

  private static void shorten(Generation generation) {
    generation.title().writerLock().acquireUninterruptibly();
    try {
      Compaction.shorten(generation, generation.files().orElseThrow(), /* complete= */ false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      generation.title().writerLock().release();
    }
  }

  /** Runs on whichever thread accesses the disk. */
  private void cutWhenDue(Path folder, long seed) throws IOException {
    if (stepsToCut.getAndUpdate(left -> Math.max(0, left - 1)) != 1) {
      return;
    }
    Path left = temp.resolve("left" + folders.getAndIncrement());
    Cut cut = new Cut(left, promised, promisedTag);
    power.cut(folder, left, new Random(seed), "media", "trash");
    cuts.add(cut);
  }

  private void check(Cut cut) throws Exception {
    try (Store store = stores.open(cut.folder(), AFTER);
        Title title = store.title(KEY)) {
      RangeSet found = title.generation().map(Generation::present).orElse(RangeSet.EMPTY);
      assertThat(cut.promised().minus(found)).as("promised and lost").isEqualTo(RangeSet.EMPTY);
      if (title.generation().isPresent()) {
        Generation generation = title.generation().get();
        String tag = generation.etag();
        assertThat(StoreRig.checkAll(generation, shifts.get(tag))).isEqualTo(found.size());
        assertThat(tag).isEqualTo(cut.promised().isEmpty() ? tag : cut.tag());
      }
      store.scanned().join();
    }
    assertThat(stores.ear.heard).allMatch(what -> what.startsWith("invalidated"));
  }

  private static ByteRange range(Random random) {
    int start = random.nextInt(TOTAL - 1);
    return new ByteRange(start, Math.min(TOTAL, start + 1 + random.nextInt(200_000)));
  }
}
