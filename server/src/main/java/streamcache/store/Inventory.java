package streamcache.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.link.TitleKey;

/**
 * What the store holds, for its operator: every title without opening it, and a way to be rid of
 * one. Owned by the store; any thread.
 */
public final class Inventory {

  private static final Logger LOG = LoggerFactory.getLogger(Inventory.class);

  private final StoreParts parts;
  private final AccessIndex index;
  private final Function<TitleKey, Optional<Title>> ifOpen;
  private final Function<TitleKey, Title> opener;
  private final Predicate<Title> discard;

  /** Titles to evict once nobody uses them; forgotten at a restart. */
  private final Set<TitleKey> leaving = ConcurrentHashMap.newKeySet();

  /**
   * @param ifOpen the title if it is open, without a hold
   * @param opener opens a title and holds it
   * @param discard deletes a title that nobody else holds; returns whether it did
   */
  Inventory(
      StoreParts parts,
      AccessIndex index,
      Function<TitleKey, Optional<Title>> ifOpen,
      Function<TitleKey, Title> opener,
      Predicate<Title> discard) {
    this.parts = parts;
    this.index = index;
    this.ifOpen = ifOpen;
    this.opener = opener;
    this.discard = discard;
  }

  /** All titles; may show or miss what changes meanwhile. Does not block. */
  public Stream<TitleUse> uses() {
    Set<TitleKey> changed = Set.copyOf(parts.threads().changed());
    return Stream.concat(
        index.uses().stream().filter(use -> !changed.contains(use.key())),
        changed.stream().flatMap(key -> use(key).stream()));
  }

  /** What is known of a title; empty if nothing of it is stored. Does not block. */
  public Optional<TitleUse> use(TitleKey key) {
    Optional<TitleUse> noted = index.use(key);
    Optional<Title> open = ifOpen.apply(key).filter(title -> title.generation().isPresent());
    return open.isPresent() ? index.current(open.get(), noted) : noted;
  }

  /**
   * Whether so many bytes can be stored without the eviction of a title that is used, pinned or
   * kept, or was read in the last ten minutes. One pass over the index at most; does not block.
   *
   * @param diskFree free bytes on the disk
   */
  public boolean hasRoom(long bytes, long diskFree) {
    long underLimit = parts.quota().maxBytes() - parts.accounts().used();
    long onDisk = diskFree - parts.settings().minFreeBytes();
    long free = Math.min(underLimit, onDisk);
    if (bytes <= free) {
      return true;
    }
    long now = parts.time().now().getEpochSecond();
    long evictable =
        uses()
            .filter(use -> !use.pinned() && !use.isRecent(now))
            .filter(use -> !isPinned(use.key()) && !isInUse(use.key()))
            .mapToLong(TitleUse::usedBytes)
            .sum();
    return bytes <= free + evictable;
  }

  /** Whether the title is being played or fetched. Does not block. */
  public boolean isInUse(TitleKey key) {
    return ifOpen.apply(key).filter(title -> !title.isIdleBut(0)).isPresent();
  }

  /**
   * The facts of these titles, without those whose sidecar cannot be read. Reads the sidecars of
   * titles that are not open, one after another, on one of the threads that open files; the caller
   * waits.
   */
  public Map<TitleKey, GenerationFacts> facts(List<TitleKey> keys) {
    return CompletableFuture.supplyAsync(() -> readFacts(keys), parts.openers()).join();
  }

  private Map<TitleKey, GenerationFacts> readFacts(List<TitleKey> keys) {
    Map<TitleKey, GenerationFacts> facts = new HashMap<>();
    for (TitleKey key : keys) {
      ifOpen
          .apply(key)
          .flatMap(Title::generation)
          .map(Generation::facts)
          .or(() -> readFacts(key))
          .ifPresent(known -> facts.put(key, known));
    }
    return facts;
  }

  private Optional<GenerationFacts> readFacts(TitleKey key) {
    try (InputStream in =
        Files.newInputStream(parts.layout().sidecar(key), LinkOption.NOFOLLOW_LINKS)) {
      return SidecarBlock.decode(in.readNBytes(SidecarBlock.BYTES))
          .filter(block -> block.key().equals(key.value()))
          .map(SidecarBlock::facts);
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /**
   * Reads the names of titles that the index knows without: after it was lost, or was written by an
   * earlier version. Until {@code isOver}; on the scan thread.
   */
  void readLabels(BooleanSupplier isOver) {
    for (TitleUse use : index.uses()) {
      if (isOver.getAsBoolean()) {
        return;
      }
      if (!use.label().isKnown()) {
        readFacts(use.key()).ifPresent(facts -> index.label(use.key(), TitleLabel.of(facts)));
      }
    }
  }

  /** Evicts a title, if nobody uses it. The thread for that may be busy with the disk. */
  public CompletableFuture<EvictOutcome> evict(TitleKey key) {
    return CompletableFuture.supplyAsync(() -> evictNow(key), parts.threads().keeper());
  }

  /** Evicts a title as soon as nobody uses it, which is looked at once a second. */
  public void evictWhenFree(TitleKey key) {
    leaving.add(key);
  }

  /** About once a second, on the keeper thread. */
  void tick() {
    leaving.removeIf(key -> evictNow(key) != EvictOutcome.IN_USE);
  }

  /** Keeps a title from eviction, or no longer. */
  public CompletableFuture<PinOutcome> pin(TitleKey key, boolean isPinned) {
    return CompletableFuture.supplyAsync(() -> pinNow(key, isPinned), parts.threads().keeper());
  }

  /** Whether the operator has pinned the title. Does not block. */
  public boolean isPinned(TitleKey key) {
    return parts.pins().contains(key);
  }

  /** Gives the file of a complete title a second name in the folder for that. */
  public CompletableFuture<KeepAnswer> keep(TitleKey key) {
    return CompletableFuture.supplyAsync(
        () -> kept(key, title -> new KeptFiles(parts).keep(title)), parts.threads().keeper());
  }

  /** Takes that name away again; the title stays stored, and may be evicted. */
  public CompletableFuture<KeepAnswer> unkeep(TitleKey key) {
    return CompletableFuture.supplyAsync(
        () -> kept(key, title -> KeepAnswer.of(new KeptFiles(parts).unkeep(title))),
        parts.threads().keeper());
  }

  private interface KeepStep {
    KeepAnswer of(Title title) throws IOException;
  }

  private KeepAnswer kept(TitleKey key, KeepStep step) {
    if (use(key).isEmpty()) {
      return KeepAnswer.of(KeepOutcome.UNKNOWN);
    }
    try (Title title = opener.apply(key)) {
      KeepAnswer answer = step.of(title);
      if (title.isKept()) {
        index.pin(title);
      } else {
        index.unpin(title);
      }
      return answer;
    } catch (IOException e) {
      LOG.warn("event=keep-failed key={}", key, e);
      return KeepAnswer.of(KeepOutcome.FAILED);
    }
  }

  /**
   * Evicts a title even if it is pinned, and forgets its plays and its pin. As after {@link
   * #evict}, nothing changes unless it is evicted.
   */
  public CompletableFuture<EvictOutcome> forget(TitleKey key) {
    return CompletableFuture.supplyAsync(() -> forgetNow(key), parts.threads().keeper());
  }

  private EvictOutcome forgetNow(TitleKey key) {
    boolean wasPinned = isPinned(key);
    EvictOutcome outcome = discard(key);
    boolean isGone =
        outcome == EvictOutcome.EVICTED || (outcome == EvictOutcome.UNKNOWN && wasPinned);
    if (!isGone) {
      return outcome;
    }
    leaving.remove(key);
    return pinNow(key, /* isPinned= */ false) == PinOutcome.DONE
        ? EvictOutcome.EVICTED
        : EvictOutcome.FAILED;
  }

  private PinOutcome pinNow(TitleKey key, boolean isPinned) {
    if (isPinned && use(key).isEmpty()) {
      return PinOutcome.UNKNOWN;
    }
    try {
      parts.pins().set(key, isPinned);
      return PinOutcome.DONE;
    } catch (IOException e) {
      LOG.warn("event=pin-not-written key={}", key, e);
      return PinOutcome.FAILED;
    }
  }

  private EvictOutcome evictNow(TitleKey key) {
    if (isPinned(key)) {
      return EvictOutcome.PINNED;
    }
    return discard(key);
  }

  private EvictOutcome discard(TitleKey key) {
    if (isInUse(key)) {
      return EvictOutcome.IN_USE;
    }
    if (use(key).isEmpty()) {
      return EvictOutcome.UNKNOWN;
    }
    try (Title title = opener.apply(key)) {
      return evict(title);
    }
  }

  /**
   * @param title held once, here
   */
  private EvictOutcome evict(Title title) {
    if (title.generation().isEmpty()) {
      return EvictOutcome.UNKNOWN;
    }
    if (title.isKept()) {
      index.pin(title);
      return EvictOutcome.KEPT;
    }
    long before = title.account().bytes();
    if (!discard.test(title)) {
      return title.isIdleBut(1) ? EvictOutcome.FAILED : EvictOutcome.IN_USE;
    }
    parts.publish(new StoreEvent.Evicted(title.key(), before - title.account().bytes()));
    index.note(title);
    return EvictOutcome.EVICTED;
  }
}
