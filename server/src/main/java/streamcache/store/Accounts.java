package streamcache.store;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import streamcache.link.TitleKey;

/**
 * How many bytes each title takes on disk, and their sum, computed in blocks of 4 KiB, not
 * measured. Updated by any thread that publishes or evicts bytes.
 */
final class Accounts {

  /** Bytes are accounted, and holes punched, in blocks of this size. */
  static final long BLOCK = 4096;

  private final ConcurrentHashMap<TitleKey, Entry> entries = new ConcurrentHashMap<>();
  private final AtomicLong used = new AtomicLong();
  private final AtomicLong titles = new AtomicLong();

  Entry of(TitleKey key) {
    return entries.computeIfAbsent(key, _ -> new Entry());
  }

  /** Enters the bytes that the index has for a title, unless the title already has an entry. */
  void guess(TitleKey key, long bytes) {
    Entry entry = new Entry();
    if (entries.putIfAbsent(key, entry) == null) {
      entry.add(bytes);
    }
  }

  /** Removes the entry of a closed title that takes no bytes. */
  void closed(TitleKey key) {
    entries.computeIfPresent(key, (_, entry) -> entry.bytes() == 0 ? null : entry);
  }

  /** The number of entries. */
  int size() {
    return entries.size();
  }

  long used() {
    return used.get();
  }

  long titles() {
    return titles.get();
  }

  /** One title's bytes, over all of its generations. */
  final class Entry {
    private final AtomicLong bytes = new AtomicLong();

    void add(long delta) {
      if (delta == 0) {
        return;
      }
      long now = bytes.addAndGet(delta);
      used.addAndGet(delta);
      if (now == delta) {
        titles.incrementAndGet();
      } else if (now == 0) {
        titles.decrementAndGet();
      }
    }

    long bytes() {
      return bytes.get();
    }
  }
}
