package streamcache.store;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.store.StoreRig.KEY;
import static streamcache.store.StoreRig.MIB;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import streamcache.durable.Pause;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;

/** A reader that moves while bytes are evicted. */
final class RangeTrackerTest {
  private static final RangeSet HEAD = RangeSet.of(new ByteRange(0, 4 * MIB));

  @TempDir private Path temp;
  private final StoppedTime time = new StoppedTime();
  @RegisterExtension private final Stores stores = new Stores(time, Mode.SPARSE);

  /** Stops a given thread when it reads the time, which it does with a generation's lock held. */
  private static final class StoppedTime implements StoreTime {
    private final AtomicReference<@Nullable Thread> stopped = new AtomicReference<>();
    private final AtomicReference<@Nullable Pause> pause = new AtomicReference<>();

    Pause stop(Thread thread) {
      Pause fresh = new Pause();
      pause.set(fresh);
      stopped.set(thread);
      return fresh;
    }

    @Override
    public long nanos() {
      if (Thread.currentThread().equals(stopped.get())) {
        stopped.set(null);
        Optional.ofNullable(pause.get()).ifPresent(Pause::here);
      }
      return System.nanoTime();
    }

    @Override
    public Instant now() {
      return Instant.now();
    }
  }

  /**
   * The holder of the lock stands for an eviction that has checked the readers but not yet taken
   * the bytes: a reader must not move back in between.
   */
  @Test
  void reader_movingBack_waitsForAnEvictionThatHasLooked() throws Exception {
    try (Store store = stores.open(temp.resolve("cache"));
        Title title = store.title(KEY)) {
      Generation generation = film(title);
      try (Reader reader = generation.reader(0)) {
        assertThat(reader.at(15 * MIB, 1)).isPresent();
        Thread looking = Thread.ofPlatform().unstarted(() -> generation.presence().debt());
        Pause pause = time.stop(looking);
        looking.start();
        pause.awaitArrival();
        FutureTask<Optional<Extent>> back = new FutureTask<>(() -> reader.at(0, 1));
        Thread mover = Thread.ofPlatform().start(back);
        Pause.awaitStandstill(mover);
        assertThat(back.isDone()).as("moved back under the eviction's eyes").isFalse();
        assertThat(reader.position()).isEqualTo(15 * MIB);
        pause.end();
        assertThat(back.get(30, TimeUnit.SECONDS)).isPresent();
        looking.join();
      }
    }
  }

  /** The bytes for a reader are looked up after it has moved, never before. */
  @Test
  void reader_movingBackBehindAnEviction_findsAHole() throws Exception {
    try (Store store = stores.open(temp.resolve("cache"));
        Title title = store.title(KEY)) {
      Generation generation = film(title);
      try (Reader reader = generation.reader(0)) {
        assertThat(reader.at(15 * MIB, 1)).isPresent();
        Thread looking = Thread.ofPlatform().unstarted(() -> generation.presence().debt());
        Pause pause = time.stop(looking);
        looking.start();
        pause.awaitArrival();
        FutureTask<Optional<EvictionTicket>> parting =
            new FutureTask<>(() -> generation.presence().part(HEAD));
        Pause.awaitStandstill(Thread.ofPlatform().start(parting));
        FutureTask<Optional<Extent>> back = new FutureTask<>(() -> reader.at(0, 1));
        Pause.awaitStandstill(Thread.ofPlatform().start(back));
        pause.end();
        EvictionTicket gone = parting.get(30, TimeUnit.SECONDS).orElseThrow();
        assertThat(back.get(30, TimeUnit.SECONDS)).isEmpty();
        generation.presence().keep(gone);
        looking.join();
      }
    }
  }

  @Test
  void reader_whatItWasGivenLast_isNotGivenUpWhileItMayBeOnItsWay() throws Exception {
    try (Store store = stores.open(temp.resolve("cache"));
        Title title = store.title(KEY)) {
      Generation generation = film(title);
      try (Reader slow = generation.reader(10 * MIB);
          Reader fast = generation.reader(14 * MIB)) {
        assertThat(slow.at(10 * MIB, 4 * MIB)).isPresent();
        assertThat(fast.at(14 * MIB, MIB)).isPresent();
        StoreRig.punch(generation, RangeSet.of(new ByteRange(0, 16 * MIB)));
        assertThat(generation.present())
            .isEqualTo(RangeSet.of(new ByteRange(10 * MIB - RangeTracker.BEHIND_READER, 16 * MIB)));
      }
    }
  }

  private static Generation film(Title title) throws StoreException {
    Generation generation = title.begin(StoreRig.facts(64 * MIB));
    StoreRig.write(generation, 0, 16 * MIB);
    return generation;
  }
}
