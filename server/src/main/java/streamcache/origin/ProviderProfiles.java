package streamcache.origin;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
 * The profiles of all accounts, kept in a small file across restarts. One per process. Any thread
 * may read and learn, without I/O; the owner that opened them saves them.
 */
public final class ProviderProfiles {

  private static final Logger LOG = LoggerFactory.getLogger(ProviderProfiles.class);

  /** Beyond this number, the account updated longest ago is forgotten. */
  private static final int MOST_ACCOUNTS = 1000;

  private final Optional<ProfileFile> file;
  private final InstantSource clock;
  private final ConcurrentMap<AccountId, ProviderProfile> byAccount = new ConcurrentHashMap<>();

  /** Held during a write of the file, and only by threads that write it. */
  private final ReentrantLock writing = new ReentrantLock();

  private final AtomicBoolean isChanged = new AtomicBoolean();

  /** The accounts of which something was learned here since {@link #news}; at most as many. */
  private final Set<AccountId> learned = ConcurrentHashMap.newKeySet();

  private ProviderProfiles(Optional<ProfileFile> file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
  }

  /** Profiles that are lost when the process ends. */
  public static ProviderProfiles inMemory(InstantSource clock) {
    return new ProviderProfiles(Optional.empty(), clock);
  }

  /** Reads the file; if it cannot be read, begins without profiles and logs a warning. */
  public static ProviderProfiles open(Path path, InstantSource clock) {
    ProfileFile file = new ProfileFile(path);
    ProviderProfiles profiles = new ProviderProfiles(Optional.of(file), clock);
    try {
      profiles.byAccount.putAll(file.read());
    } catch (IOException e) {
      LOG.atWarn()
          .addKeyValue("file", path.getFileName())
          .addKeyValue("reason", e.getClass().getSimpleName())
          .log("profiles-discarded");
    }
    return profiles;
  }

  /** The profile of an account; never null. */
  public ProviderProfile of(AccountId account) {
    return byAccount.getOrDefault(account, ProviderProfile.NONE);
  }

  /** Updates a profile; the next {@link #save} writes it to the file. */
  public void learn(AccountId account, UnaryOperator<ProviderProfile> lesson) {
    byAccount.compute(
        account,
        (_, known) ->
            lesson.apply(known == null ? ProviderProfile.NONE : known).seen(clock.instant()));
    isChanged.set(true);
    learned.add(account);
    if (byAccount.size() > MOST_ACCOUNTS) {
      byAccount.entrySet().stream()
          .min(Comparator.comparing(entry -> entry.getValue().seen()))
          .ifPresent(oldest -> byAccount.remove(oldest.getKey(), oldest.getValue()));
    }
  }

  /** The profiles that have changed here since the last call, for the other nodes of a cluster. */
  public Map<AccountId, String> news() {
    Map<AccountId, String> news = new TreeMap<>(Comparator.comparing(AccountId::value));
    for (AccountId account : List.copyOf(learned)) {
      learned.remove(account);
      news.put(account, ProfileLine.of(of(account)));
    }
    return news;
  }

  /** All profiles, for nodes that were not there when they were learned. */
  public void tellAgain() {
    learned.addAll(byAccount.keySet());
  }

  /**
   * Takes over what another node has learned of an account, unless more is known here.
   *
   * @param line as {@link #news} had it there; one that cannot be read is ignored
   */
  public void hear(AccountId account, String line) {
    ProviderProfile heard;
    try {
      heard = ProfileLine.parse(line);
    } catch (RuntimeException e) {
      LOG.debug("a profile of another node cannot be read", e);
      return;
    }
    byAccount.merge(account, heard, (own, other) -> other.seen().isAfter(own.seen()) ? other : own);
    isChanged.set(true);
  }

  public boolean isChanged() {
    return isChanged.get() && file.isPresent();
  }

  /**
   * Writes the profiles if any has changed, completely or not at all. After a failure they still
   * count as changed, so that the next call writes them. Blocks on the disk, and on another writer.
   */
  public void save() {
    if (file.isEmpty()) {
      return;
    }
    writing.lock();
    boolean isDue =
        isChanged.getAndSet(false); // Before the write: a change during it is due again.
    try {
      if (isDue) {
        file.get().write(all());
        isDue = false;
      }
    } catch (IOException e) {
      LOG.atWarn()
          .addKeyValue("file", file.get().path().getFileName())
          .addKeyValue("reason", e.getClass().getSimpleName())
          .log("profiles-not-saved");
    } finally {
      if (isDue) {
        isChanged.set(true);
      }
      writing.unlock();
    }
  }

  /** All profiles, sorted by account. */
  public Map<AccountId, ProviderProfile> all() {
    Map<AccountId, ProviderProfile> all = new TreeMap<>(Comparator.comparing(AccountId::value));
    all.putAll(byAccount);
    return all;
  }

  /** The wall-clock time, on which days and learned times are based. */
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
