package streamcache.prewarm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.library.StrmTargets;
import streamcache.link.Link;
import streamcache.link.Links;

/**
 * Orders each night what was added to the library within the day before: the newest {@code .strm}
 * files, up to a number, since an import may add thousands at once. A thread of its own reads the
 * folders. It keeps nothing: a night at which the server does not run is left out.
 */
public final class AddedTitles implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AddedTitles.class);

  private static final LocalTime NIGHT = LocalTime.of(3, 0);
  private static final Duration DAY = Duration.ofDays(1);

  /** The clock may be set, and the machine may sleep. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

  /** A file and when it was written last. */
  private record Added(Path file, Instant at) {}

  private final int most;
  private final List<Path> folders;
  private final FileLinks links;
  private final Predicate<List<Link>> order;
  private final InstantSource clock;
  private final ZoneId zone;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("added-titles").factory());

  private Instant next;

  /**
   * @param most titles a night; 0 for none
   * @param folders of the library
   * @param order takes titles to be fetched, newest first; false if it does not take them
   * @param zone decides when it is night
   */
  public AddedTitles(
      int most,
      List<Path> folders,
      Links links,
      Predicate<List<Link>> order,
      InstantSource clock,
      ZoneId zone) {
    this.most = most;
    this.folders = List.copyOf(folders);
    this.links = new FileLinks(links);
    this.order = order;
    this.clock = clock;
    this.zone = zone;
    this.next = nightAfter(clock.instant());
  }

  /** Starts the thread, if any title is to be ordered. */
  public void start() {
    if (most > 0 && !folders.isEmpty()) {
      schedule();
    }
  }

  private void schedule() {
    Duration left = Duration.between(clock.instant(), next);
    Duration wait = left.compareTo(LONGEST_WAIT) < 0 ? left : LONGEST_WAIT;
    try {
      var _ = thread.schedule(this::run, Math.max(1, wait.toMillis() + 1), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closing) {
      // The server stops.
    }
  }

  private void run() {
    try {
      look();
    } catch (IOException | RuntimeException e) {
      LOG.error("event=added-titles-failed", e);
    }
    schedule();
  }

  /** Orders what was added, if the night has come. */
  void look() throws IOException {
    Instant now = clock.instant();
    if (now.isBefore(next)) {
      return;
    }
    next = nightAfter(now);
    List<Link> titles =
        added(now.minus(DAY)).stream()
            .flatMap(added -> links.of(added.file()).stream())
            .distinct()
            .limit(most)
            .toList();
    if (!titles.isEmpty()) {
      boolean isTaken = order.test(titles);
      LOG.info("event=added-titles count={} added={}", titles.size(), isTaken);
    }
  }

  private List<Added> added(Instant since) throws IOException {
    List<Added> added = new ArrayList<>();
    for (Path folder : folders) {
      if (!Files.isDirectory(folder)) {
        continue;
      }
      for (Path file : StrmTargets.files(folder)) {
        Instant at = Files.getLastModifiedTime(file).toInstant();
        if (at.isAfter(since)) {
          added.add(new Added(file, at));
        }
      }
    }
    added.sort(Comparator.comparing(Added::at).reversed());
    return added;
  }

  private Instant nightAfter(Instant time) {
    ZonedDateTime local = time.atZone(zone);
    ZonedDateTime tonight = local.with(NIGHT);
    return (tonight.isAfter(local) ? tonight : tonight.plusDays(1)).toInstant();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
