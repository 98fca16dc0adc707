package streamcache.origin;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.link.AccountId;

/**
 * The habits of all accounts, kept in a small file over restarts. One for the process; any thread
 * reads and learns, without I/O. Whoever opened it saves it.
 */
public final class HabitBook {

  private static final Logger LOG = LoggerFactory.getLogger(HabitBook.class);

  /** Those heard of longest ago are forgotten beyond it. */
  private static final int MOST_ACCOUNTS = 1000;

  private final Optional<HabitFile> file;
  private final InstantSource clock;
  private final ConcurrentMap<AccountId, Habits> habits = new ConcurrentHashMap<>();

  /** Held over the write of the file, by those alone who write it. */
  private final ReentrantLock writing = new ReentrantLock();

  private final AtomicBoolean isChanged = new AtomicBoolean();

  private HabitBook(Optional<HabitFile> file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
  }

  /** One that is forgotten with the process. */
  public static HabitBook inMemory(InstantSource clock) {
    return new HabitBook(Optional.empty(), clock);
  }

  /** Reads what is there; one that cannot be read begins anew, and the log says so. */
  public static HabitBook open(Path path, InstantSource clock) {
    HabitFile file = new HabitFile(path);
    HabitBook book = new HabitBook(Optional.of(file), clock);
    try {
      book.habits.putAll(file.read());
    } catch (IOException e) {
      LOG.atWarn()
          .addKeyValue("file", path.getFileName())
          .addKeyValue("reason", e.getClass().getSimpleName())
          .log("habits-forgotten");
    }
    return book;
  }

  /** What is known of an account; never null. */
  public Habits of(AccountId account) {
    return habits.getOrDefault(account, Habits.NONE);
  }

  /** Notes something; kept with the next {@link #save}. */
  public void learn(AccountId account, UnaryOperator<Habits> lesson) {
    habits.compute(
        account,
        (_, known) -> lesson.apply(known == null ? Habits.NONE : known).seen(clock.instant()));
    isChanged.set(true);
    if (habits.size() > MOST_ACCOUNTS) {
      habits.entrySet().stream()
          .min(Comparator.comparing(entry -> entry.getValue().seen()))
          .ifPresent(oldest -> habits.remove(oldest.getKey(), oldest.getValue()));
    }
  }

  public boolean isChanged() {
    return isChanged.get() && file.isPresent();
  }

  /** Writes what has changed, whole or not at all. Blocks for the disk, and for another writer. */
  public void save() {
    if (file.isEmpty()) {
      return;
    }
    writing.lock();
    try {
      if (isChanged.getAndSet(false)) {
        file.get().write(all());
      }
    } catch (IOException e) {
      LOG.atWarn()
          .addKeyValue("file", file.get().path().getFileName())
          .addKeyValue("reason", e.getClass().getSimpleName())
          .log("habits-not-kept");
    } finally {
      writing.unlock();
    }
  }

  /** By the name of the account. */
  public Map<AccountId, Habits> all() {
    Map<AccountId, Habits> all = new TreeMap<>(Comparator.comparing(AccountId::value));
    all.putAll(habits);
    return all;
  }

  /** The time on the wall, which days and learned times are counted by. */
  public Instant now() {
    return clock.instant();
  }

  public LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneId.systemDefault());
  }

  public LocalTime timeOfDay() {
    return LocalTime.ofInstant(clock.instant(), ZoneId.systemDefault());
  }
}
