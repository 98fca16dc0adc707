package streamcache.store;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.store.StoreRig.MIB;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import streamcache.range.RangeSet;
import streamcache.settings.EvictionPolicy;
import streamcache.settings.StoreSettings;

/**
 * Random histories of a small cache on real files, checked against a model of a janitor round: it
 * reaches the lower mark whenever unread titles allow it, and evicts recently read films last.
 */
@ParameterizedClass
@EnumSource
final class EvictionHistoryTest {
  private static final int HISTORIES = 5;
  private static final int STEPS = 35;
  private static final int FILMS = 14;
  private static final int RECENT_SECONDS = 600;

  @TempDir private Path temp;
  private final ManualTime time = new ManualTime();
  @RegisterExtension private final Stores stores;
  private final EvictionPolicy policy;

  EvictionHistoryTest(EvictionPolicy policy) {
    this.policy = policy;
    this.stores = new Stores(time, Mode.SPARSE);
  }

  /** What the model knows of a film: what was done to it, never the state of the store. */
  private static final class Film {
    final int number;
    long lastRead;
    boolean isKept;
    @Nullable Title held;
    @Nullable Reader reader;

    Film(int number) {
      this.number = number;
    }
  }

  @Test
  void round_smallFilms_makesRoomInTheOrderOfTheModel() throws Exception {
    long seed = System.nanoTime();
    System.out.println("EvictionHistoryTest " + policy + " seed " + seed);
    for (int i = 0; i < HISTORIES; i++) {
      History history = new History(seed + i, 4 * MIB, 3 * MIB, 64 << 10, 700 << 10);
      history.run();
    }
  }

  /** The films are larger than a head, so they can be evicted in part. */
  @Test
  void round_filmsWithBodies_makesRoomInTheOrderOfTheModel() throws Exception {
    long seed = System.nanoTime();
    System.out.println("EvictionHistoryTest " + policy + " seed " + seed);
    for (int i = 0; i < 1; i++) {
      History history = new History(seed + i, 64 * MIB, 48 * MIB, 9 * MIB, 16 * MIB);
      history.run();
    }
  }

  private final class History {
    private final long seed;
    private final Random random;
    private final long max;
    private final long low;
    private final int least;
    private final int most;
    private final Path folder;
    private final List<Film> films = new ArrayList<>();
    private Store store;
    private @Nullable MaintenanceThreads threads;
    private int rounds;

    History(long seed, long max, long low, int least, int most) throws StoreException {
      this.seed = seed;
      this.random = new Random(seed);
      this.max = max;
      this.low = low;
      this.least = least;
      this.most = most;
      this.folder = temp.resolve("cache" + seed);
      for (int i = 0; i < FILMS; i++) {
        films.add(new Film(i));
      }
      this.store = open();
    }

    void run() throws Exception {
      try {
        for (int i = 0; i < STEPS; i++) {
          step();
        }
        films.forEach(this::leave);
        round();
        round();
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed + ", " + policy, e);
      } finally {
        films.forEach(this::leave);
        store.close();
      }
    }

    private void step() throws Exception {
      // Rarely long: most of the time all films were read within the last minutes.
      time.pass(Duration.ofSeconds(1 + random.nextInt(random.nextInt(8) == 0 ? 900 : 5)));
      Film film = films.get(random.nextInt(FILMS));
      int dice = random.nextInt(20);
      if (dice < 12) {
        play(film);
      } else if (dice < 14 && film.held == null) {
        stay(film);
      } else if (dice < 16) {
        films.forEach(this::leave);
      } else if (dice == 16 && films.stream().filter(one -> one.isKept).count() < 2) {
        keep(film);
      } else if (dice == 17 && films.stream().allMatch(one -> one.held == null)) {
        store.close();
        store = open();
        threads = null;
      } else {
        round();
      }
    }

    private void play(Film film) throws IOException {
      int total = least + film.number * ((most - least) / FILMS);
      try (Title title = store.title(StoreRig.key(film.number))) {
        Generation generation =
            title.generation().orElseGet(() -> title.begin(StoreRig.facts(total)));
        threads = generation.parts().threads();
        try (Reader _ = generation.reader(0)) {
          film.lastRead = now();
          for (int at = 0; at < total; at += MIB) {
            StoreRig.write(generation, at, Math.min(MIB, total - at));
          }
        } catch (StoreException e) {
          assertThat(e.kind()).isEqualTo(StoreException.Cause.FULL);
        }
        if (random.nextInt(4) == 0) {
          assertThat(StoreRig.checkAll(generation)).isEqualTo(generation.present().size());
        }
      }
      assertThat(store.usage().usedBytes()).isLessThanOrEqualTo(max);
    }

    private void stay(Film film) {
      Title title = store.title(StoreRig.key(film.number));
      Generation generation = title.generation().orElse(null);
      if (generation == null) {
        title.close();
        return;
      }
      film.held = title;
      film.reader = generation.reader(0);
      film.lastRead = now();
    }

    private void leave(Film film) {
      if (film.held != null && film.reader != null) {
        film.reader.close();
        film.held.close();
        film.held = null;
        film.reader = null;
        film.lastRead = now();
      }
    }

    private void keep(Film film) throws IOException {
      try (Title title = store.title(StoreRig.key(film.number))) {
        Generation generation = title.generation().orElse(null);
        Path kept = folder.resolve("kept").resolve(film.number + ".mkv");
        if (generation != null && Files.notExists(kept)) {
          Files.createLink(kept, StoreRig.file(generation));
          film.isKept = true;
        }
      }
    }

    private void round() throws Exception {
      if (threads == null) {
        return;
      }
      onKeeper(() -> {}); // Runs after a round that a write requested.
      Map<Film, Long> before = bytes();
      boolean isDue = sum(before) > max - (max - low) / 2;
      onKeeper(store.janitor()::round);
      Map<Film, Long> after = bytes();
      rounds++;
      String story = "seed %d round %d: %s".formatted(seed, rounds, describe(before, after));
      assertThat(store.usage().usedBytes()).as(story).isEqualTo(sum(after));
      if (!isDue) {
        assertThat(after).as(story).isEqualTo(before);
        return;
      }
      check(before, after, story);
    }

    private void check(Map<Film, Long> before, Map<Film, Long> after, String story) {
      List<Film> unread = films.stream().filter(film -> film.held == null && !film.isKept).toList();
      Set<Film> lost = new HashSet<>(films);
      lost.removeIf(film -> before.get(film).equals(after.get(film)));
      assertThat(unread).as(story).containsAll(lost);
      if (sum(after) > low) {
        assertThat(unread).as(story).allMatch(film -> after.get(film) == 0);
      }
      if (lost.stream().anyMatch(this::isRecent)) {
        assertThat(unread)
            .as(story)
            .filteredOn(film -> !isRecent(film))
            .allMatch(film -> after.get(film) == 0);
      }
      if (policy == EvictionPolicy.LRU) {
        assertThat(after).as(story).isEqualTo(plainOrder(unread, before));
      }
      // No more than needed: without the last film, or part of one, too little was freed.
      long largest =
          lost.stream().mapToLong(film -> before.get(film) - after.get(film)).max().orElse(0);
      assertThat(sum(after)).as(story).isGreaterThan(low - Math.max(largest, 1));
    }

    /** Plain LRU: the films whose last read is longest ago are evicted until enough is free. */
    private Map<Film, Long> plainOrder(List<Film> unread, Map<Film, Long> before) {
      Map<Film, Long> left = new HashMap<>(before);
      List<Film> order = new ArrayList<>(unread);
      order.sort(Comparator.comparingLong(film -> film.lastRead));
      for (Film film : order) {
        if (sum(left) > low) {
          left.put(film, 0L);
        }
      }
      return left;
    }

    private boolean isRecent(Film film) {
      return now() - film.lastRead < RECENT_SECONDS;
    }

    /** The bytes of each film on disk, computed as the accounts do; each title is closed again. */
    private Map<Film, Long> bytes() {
      Map<Film, Long> bytes = new HashMap<>();
      for (Film film : films) {
        try (Title title = store.title(StoreRig.key(film.number))) {
          RangeSet present = title.generation().map(Generation::present).orElse(RangeSet.EMPTY);
          bytes.put(film, Mode.SPARSE.footprint().bytes(present));
        }
      }
      return bytes;
    }

    private String describe(Map<Film, Long> before, Map<Film, Long> after) {
      StringBuilder text = new StringBuilder("%d of %d".formatted(sum(before), max));
      for (Film film : films) {
        text.append(
            "; %d %s%s read %d s ago: %d to %d"
                .formatted(
                    film.number,
                    film.held != null ? "held " : "",
                    film.isKept ? "kept " : "",
                    now() - film.lastRead,
                    before.get(film),
                    after.get(film)));
      }
      return text.toString();
    }

    private void onKeeper(Runnable task) throws Exception {
      CompletableFuture.runAsync(task, Objects.requireNonNull(threads).keeper())
          .get(30, TimeUnit.SECONDS);
    }

    private Store open() throws StoreException {
      StoreSettings settings =
          new StoreSettings(
              folder,
              OptionalLong.of(max),
              OptionalLong.of(low),
              /* minFreeBytes= */ 0,
              /* janitorInterval= */ Duration.ofDays(1000),
              /* progressFlushBytes= */ 256 << 10,
              policy);
      return stores.open(settings, Stores.BOOT);
    }
  }

  private static long sum(Map<Film, Long> bytes) {
    return bytes.values().stream().mapToLong(Long::longValue).sum();
  }

  private long now() {
    return time.now().getEpochSecond();
  }
}
