package streamcache.admin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.event.Event;
import streamcache.store.StoreUsage;

/**
 * Keeps for a year what was played, fetched and refused. Events are counted on any thread without
 * waiting. A thread of its own writes, at most once a minute, and answers questions: all but the
 * counters belongs to it. A kill loses the last minute.
 */
public final class TrafficHistory implements Consumer<Event>, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TrafficHistory.class);

  private final HistoryCounts counts = new HistoryCounts();
  private final HistoryBook book;
  private final InstantSource clock;
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("history").factory());

  private volatile Supplier<StoreUsage> usage = () -> new StoreUsage(0, 0, 0, 0, true);

  /** The low mark that belongs to a limit. */
  private volatile LongUnaryOperator lowWatermark = LongUnaryOperator.identity();

  /** From when on the counters count what is not in the book yet. */
  private Instant since;

  /** The states that were noted last; a state that has not changed is no reason to write. */
  private Map<String, Long> states = Map.of();

  private boolean hasFailed;

  /**
   * @param folder of its files, created when there is something to write
   */
  public TrafficHistory(Path folder, InstantSource clock) {
    this.book = new HistoryBook(new HistoryFiles(folder));
    this.clock = clock;
    this.since = clock.instant();
  }

  /**
   * Starts the thread.
   *
   * @param lowWatermark gives the low mark for a limit, in bytes
   */
  public void start(Supplier<StoreUsage> usage, LongUnaryOperator lowWatermark) {
    this.usage = usage;
    this.lowWatermark = lowWatermark;
    schedule();
  }

  @Override
  public void accept(Event event) {
    counts.add(event);
  }

  /** Just after each full minute, whatever the clock did meanwhile. */
  private void schedule() {
    Instant now = clock.instant();
    Instant next = now.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
    long millis = Duration.between(now, next).toMillis() + 1;
    try {
      var _ = thread.schedule(this::tick, millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closing) {
      // The last record is made by close.
    }
  }

  private void tick() {
    record();
    schedule();
  }

  /** Writes what was counted since the last call, if anything was. */
  void record() {
    try {
      collect();
      book.save(clock.instant());
      hasFailed = false;
    } catch (IOException | RuntimeException e) {
      if (!hasFailed) {
        LOG.warn("event=history-not-written error={}", e.getClass().getSimpleName());
      }
      hasFailed = true;
    }
  }

  private void collect() {
    SortedMap<String, Long> values = counts.drain();
    Map<String, Long> now = statesNow();
    if (!now.equals(states)) {
      values.putAll(now);
    }
    states = now;
    Instant present = clock.instant();
    if (!values.isEmpty()) {
      book.add(began(present), new HistoryRow(values));
    }
    since = present;
  }

  /** When the counting began, unless the machine slept or its clock was set meanwhile. */
  private Instant began(Instant present) {
    Instant minuteAgo = present.minus(1, ChronoUnit.MINUTES);
    return since.isBefore(minuteAgo) || since.isAfter(present) ? minuteAgo : since;
  }

  private Map<String, Long> statesNow() {
    StoreUsage now = usage.get();
    return Map.of(
        HistoryRow.USED,
        now.usedBytes(),
        HistoryRow.MAX,
        now.maxBytes(),
        HistoryRow.LOW,
        lowWatermark.applyAsLong(now.maxBytes()));
  }

  /** What was counted, on the thread; may fail with an {@link UncheckedIOException}. */
  CompletableFuture<HistoryTable> ask(HistorySpan span, ZoneId zone) {
    return CompletableFuture.supplyAsync(() -> read(span, zone), thread);
  }

  HistoryTable read(HistorySpan span, ZoneId zone) {
    collect();
    List<Instant> borders = span.borders(clock.instant(), zone);
    try {
      return HistoryTable.of(
          borders,
          span.hasMinutes() ? book.minutes() : book.hours(borders.getFirst(), borders.getLast()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes what was counted; returns at the latest after two seconds. */
  @Override
  public void close() {
    thread.getQueue().clear();
    thread.execute(this::record);
    thread.shutdown();
    try {
      boolean _ = thread.awaitTermination(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
