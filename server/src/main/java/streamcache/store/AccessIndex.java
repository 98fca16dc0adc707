package streamcache.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.link.TitleKey;

/**
 * Copies the counts of open titles into the index, and gives the janitor an up-to-date index. A
 * title is recorded soon after its first change since a snapshot, so that it is read again after an
 * unclean stop, and from then on once a minute while it changes. On the keeper thread.
 */
final class AccessIndex {
  private static final Logger LOG = LoggerFactory.getLogger(AccessIndex.class);

  private static final long EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long SAVE_NANOS = TimeUnit.MINUTES.toNanos(15);

  /**
   * @param open the title, if it is open
   */
  record Known(TitleUse use, Optional<Title> open) {}

  private final StoreParts parts;
  private final Index index;
  private final Function<TitleKey, Optional<Title>> open;
  private final Set<TitleKey> noted = new HashSet<>();
  private long notedAt;
  private long savedAt;

  AccessIndex(StoreParts parts, Index index, Function<TitleKey, Optional<Title>> open) {
    this.parts = parts;
    this.index = index;
    this.open = open;
    this.notedAt = parts.time().nanos();
    this.savedAt = notedAt;
    for (TitleUse use : index.uses()) {
      parts.accounts().guess(use.key(), use.usedBytes());
    }
  }

  /** Records what is due; called about once a second. */
  void tick() {
    long now = parts.time().nanos();
    boolean all = now - notedAt >= EVERY_NANOS;
    notedAt = all ? now : notedAt;
    for (TitleKey key : parts.threads().changed()) {
      if (all || !noted.contains(key)) {
        note(key);
      }
    }
    if (now - savedAt >= SAVE_NANOS) {
      savedAt = now;
      save();
    }
  }

  void note(Title title) {
    parts.threads().changed().remove(title.key());
    note(title, wasPinned(title));
  }

  void pin(Title title) {
    note(title, /* pinned= */ true);
  }

  void unpin(Title title) {
    note(title, /* pinned= */ false);
  }

  /** All titles, as last noted. Any thread. */
  Collection<TitleUse> uses() {
    return index.uses();
  }

  /** The title, as last noted. Any thread. */
  Optional<TitleUse> use(TitleKey key) {
    return index.use(key);
  }

  /** All titles, open ones in their current state. */
  List<Known> all() {
    noteAll();
    List<Known> all = new ArrayList<>();
    for (TitleUse use : index.uses()) {
      all.add(new Known(use, open.apply(use.key())));
    }
    return all;
  }

  private void noteAll() {
    parts.threads().changed().forEach(this::note);
  }

  private void save() {
    noteAll();
    noted.clear();
    try {
      index.save();
    } catch (IOException e) {
      LOG.warn("event=index-not-saved", e);
    }
  }

  void close() {
    noteAll();
    try {
      index.close();
    } catch (IOException e) {
      LOG.warn("event=index-not-saved", e);
    }
  }

  /** A title that is no longer open was noted when it was closed. */
  private void note(TitleKey key) {
    open.apply(key).ifPresentOrElse(this::note, () -> parts.threads().changed().remove(key));
  }

  private boolean wasPinned(Title title) {
    return index.use(title.key()).map(TitleUse::pinned).orElse(false);
  }

  private void note(Title title, boolean pinned) {
    noted.add(title.key());
    TitleUse before = index.use(title.key()).orElse(null);
    TitleUse now = use(title, before, title.meter()::takeHits, pinned);
    if (now == null) {
      index.forget(title.key());
    } else {
      index.touch(now);
    }
  }

  /** Names a title that has none yet. Any thread. */
  void label(TitleKey key, TitleLabel label) {
    index.label(key, label);
  }

  /**
   * The title at this moment. Any thread.
   *
   * @param noted what the index knows of it
   */
  Optional<TitleUse> current(Title title, Optional<TitleUse> noted) {
    boolean pinned = noted.map(TitleUse::pinned).orElse(false);
    return Optional.ofNullable(use(title, noted.orElse(null), title.meter()::hits, pinned));
  }

  /** Null if nothing of it is on the disk. */
  private static @Nullable TitleUse use(
      Title title, @Nullable TitleUse before, LongSupplier newHits, boolean pinned) {
    Generation generation = title.generation().orElse(null);
    if (generation == null || generation.files().isEmpty()) {
      return null;
    }
    UseMeter meter = title.meter();
    long read = TimeUnit.MILLISECONDS.toSeconds(meter.lastAccess());
    long lastAccess = Math.max(read, generation.begun());
    return new TitleUse(
        title.key(),
        title.account().bytes(),
        generation.total().orElse(TitleUse.UNKNOWN_TOTAL),
        before == null ? lastAccess : Math.max(before.lastAccess(), read),
        (before == null ? 0 : before.hits()) + newHits.getAsLong(),
        Math.max(before == null ? 0 : before.watchedUntil(), meter.watchedUntil()),
        generation.isComplete(),
        pinned,
        label(generation, before));
  }

  /** The one that is known already, if it is the same, so that memory holds it once. */
  private static TitleLabel label(Generation generation, @Nullable TitleUse before) {
    TitleLabel now = TitleLabel.of(generation.facts());
    return before != null && before.label().equals(now) ? before.label() : now;
  }
}
