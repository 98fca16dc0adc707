package streamcache.admin;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import streamcache.event.Event;
import streamcache.fill.Ending;
import streamcache.fill.FillEvent;
import streamcache.playback.Decided;
import streamcache.playback.Ended;
import streamcache.playback.PlaybackEvent;
import streamcache.playback.PlaybackRecord;
import streamcache.trouble.Cause;

/**
 * Counts what the history is made of. {@link #add} is for any thread and takes no lock for a
 * playback; {@link #drain} is for one thread. The counters only grow, and what was drained is
 * subtracted, since a counter that is reset may lose what is added meanwhile.
 */
final class HistoryCounts {

  /** In place of a decision when no film was sent, as in the meters. */
  private static final String REFUSED = "REFUSED";

  private final Map<String, LongAdder> counters = new HashMap<>();
  private final LongAdder fromStore = counter(HistoryRow.STORE_BYTES);
  private final LongAdder fromProvider = counter(HistoryRow.PROVIDER_BYTES);
  private final LongAdder fetched = counter(HistoryRow.FETCHED_BYTES);
  private final LongAdder refused = counter(HistoryRow.REQUESTS + REFUSED);
  private final Map<Decided, LongAdder> requests = new EnumMap<>(Decided.class);
  private final LongAdder[] firstBytes = new LongAdder[FirstByteScale.CLASSES];

  /** What of each counter was drained; used by the draining thread. */
  private final Map<String, Long> drained = new HashMap<>();

  /** Guards {@link #errors}; held for a few steps. */
  private final ReentrantLock errorLock = new ReentrantLock();

  private Map<String, Long> errors = new TreeMap<>();

  HistoryCounts() {
    for (Decided decided : Decided.values()) {
      requests.put(decided, counter(HistoryRow.REQUESTS + decided.name()));
    }
    for (int number = 0; number < firstBytes.length; number++) {
      firstBytes[number] = counter(HistoryRow.FIRST_BYTE + number);
    }
  }

  private LongAdder counter(String name) {
    return counters.computeIfAbsent(name, _ -> new LongAdder());
  }

  void add(Event event) {
    switch (event) {
      case PlaybackEvent.Finished(PlaybackRecord playback) -> add(playback);
      case FillEvent.ConnectionClosed closed -> add(closed);
      default -> {}
    }
  }

  private void add(PlaybackRecord playback) {
    boolean isRefused = playback.ended() instanceof Ended.Refused;
    LongAdder decision =
        isRefused ? refused : playback.decided().map(requests::get).orElse(refused);
    decision.increment();
    fromStore.add(playback.fromStore());
    fromProvider.add(playback.bytes() - playback.fromStore());
    if (playback.bytes() > 0) {
      firstBytes[FirstByteScale.of(playback.firstByte())].increment();
    }
  }

  private void add(FillEvent.ConnectionClosed closed) {
    fetched.add(closed.bytes());
    if (closed.ending() instanceof Ending.Failed failed) {
      String cause = Cause.of(failed.failure()).label();
      addError(HistoryRow.ERRORS + cause + "." + closed.account().value());
    }
  }

  private void addError(String name) {
    errorLock.lock();
    try {
      errors.merge(new ErrorAccounts(errors.keySet()).bounded(name), 1L, Long::sum);
    } finally {
      errorLock.unlock();
    }
  }

  /** What was counted since the last call. */
  SortedMap<String, Long> drain() {
    SortedMap<String, Long> fresh = new TreeMap<>(takeErrors());
    counters.forEach((name, counter) -> {
      long now = counter.sum();
      long before = drained.getOrDefault(name, 0L);
      if (now != before) {
        drained.put(name, now);
        fresh.put(name, now - before);
      }
    });
    return fresh;
  }

  private Map<String, Long> takeErrors() {
    errorLock.lock();
    try {
      Map<String, Long> taken = errors;
      errors = new TreeMap<>();
      return taken;
    } finally {
      errorLock.unlock();
    }
  }
}
