package streamcache.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import streamcache.durable.Disk;
import streamcache.durable.UserFile;
import streamcache.event.Event;
import streamcache.library.LibraryEvent.FileFaulty;
import streamcache.library.LibraryEvent.LeftToOthers;
import streamcache.library.LibraryEvent.Unwatched;
import streamcache.library.LibraryEvent.Wrapped;
import streamcache.library.StrmDecision.Changed;
import streamcache.library.StrmDecision.Faulty;
import streamcache.library.StrmDecision.Left;

/**
 * Keeps folders of the library in step: gives links to files that other programs write or rewrite.
 * The system reports most changes; a walk every ten minutes finds the others. Runs on a thread of
 * its own until it is closed.
 */
public final class StrmWatch implements AutoCloseable {

  /** A program may write a file in several steps; it is read once it has rested for this long. */
  static final Duration REST = Duration.ofSeconds(1);

  private static final Duration BETWEEN_WALKS = Duration.ofMinutes(10);

  /** Clocks of network shares differ; a walk reads again what changed this long before the last. */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(10);

  /** Finds what a clock that differs more has hidden. */
  private static final Duration BETWEEN_FULL_WALKS = Duration.ofDays(1);

  private final List<Path> folders;
  private final Consumer<Event> events;
  private final InstantSource clock;
  private final Duration betweenWalks;
  private final StrmChanges changes;
  private final StrmRun run;
  private final RewriteGuard guard = new RewriteGuard();
  private final Map<Path, Instant> pending = new HashMap<>();
  private final Set<Path> faulty = new HashSet<>();
  private final Thread thread =
      Thread.ofPlatform().name("strm-watch").daemon().unstarted(this::run);
  private volatile boolean isStopping;
  private Instant walkAgain = Instant.MIN;
  private Instant fullWalkAgain = Instant.MIN;
  private Instant lastWalk = Instant.MIN;
  private boolean isUnwatched;

  private StrmWatch(
      List<Path> folders,
      StrmRule rule,
      Disk disk,
      Consumer<Event> events,
      InstantSource clock,
      Duration betweenWalks) {
    this.betweenWalks = betweenWalks;
    this.folders = List.copyOf(folders);
    this.events = events;
    this.clock = clock;
    this.changes = changes(events);
    this.run = new StrmRun(rule, disk, /* writes= */ true, this::take, /* threads= */ 1);
  }

  /**
   * Starts with a walk through all folders.
   *
   * @param folders need not exist yet
   */
  public static StrmWatch start(
      List<Path> folders, StrmRule rule, Disk disk, Consumer<Event> events, InstantSource clock) {
    return start(folders, rule, disk, events, clock, BETWEEN_WALKS);
  }

  /** With walks at another interval, for tests. */
  static StrmWatch start(
      List<Path> folders,
      StrmRule rule,
      Disk disk,
      Consumer<Event> events,
      InstantSource clock,
      Duration betweenWalks) {
    StrmWatch watch = new StrmWatch(folders, rule, disk, events, clock, betweenWalks);
    watch.thread.start();
    return watch;
  }

  private void run() {
    try {
      while (!isStopping) {
        Instant now = clock.instant();
        if (!now.isBefore(walkAgain)) {
          walkAll(now);
        }
        write(now);
        changes.await(wait(now), this::note);
      }
    } catch (InterruptedException e) {
      // Nobody interrupts this thread, since that would leave half of a batch unwritten.
    }
  }

  /** Without it, walks find the changes. */
  private static StrmChanges changes(Consumer<Event> events) {
    try {
      return StrmChanges.open();
    } catch (IOException e) {
      events.accept(
          new Unwatched(
              "The system watches no folders (sysctl fs.inotify.max_user_instances);"
                  + " changes are found every ten minutes."));
      return StrmChanges.none();
    }
  }

  private void walkAll(Instant now) {
    boolean isFull = !now.isBefore(fullWalkAgain);
    Instant since = isFull ? Instant.MIN : lastWalk.minus(CLOCK_SKEW);
    folders.forEach(folder -> walk(folder, since));
    lastWalk = now;
    fullWalkAgain = isFull ? now.plus(BETWEEN_FULL_WALKS) : fullWalkAgain;
    walkAgain = clock.instant().plus(betweenWalks);
    guard.tidy(now);
  }

  /** A short sleep while files rest; else until the next walk. */
  private Duration wait(Instant now) {
    return pending.isEmpty() ? Duration.between(now, walkAgain) : REST.dividedBy(4);
  }

  private void note(StrmChanges.Change change) {
    switch (change) {
      case StrmChanges.Change.OfFile(Path file) -> note(file);
      case StrmChanges.Change.OfFolder(Path folder) -> walk(folder, Instant.MIN);
      case StrmChanges.Change.Unknown() -> walkAgain = Instant.MIN;
    }
  }

  private void note(Path file) {
    if (StrmTree.isStrm(file)) {
      pending.put(file, clock.instant().plus(REST));
    }
  }

  /**
   * @param since files that have not changed since then are as they should be
   */
  private void walk(Path folder, Instant since) {
    if (!Files.isDirectory(folder)) {
      report(folder, "There is no such folder; create it, or correct STRM_WRAP.");
      return;
    }
    try {
      StrmTree.walk(
          folder,
          new StrmTree.Visitor() {
            @Override
            public void folder(Path found) {
              watch(found);
            }

            @Override
            public void file(Path file) throws IOException {
              if (!UserFile.changedAt(file).isBefore(since)) {
                pending.putIfAbsent(file, clock.instant());
              }
            }

            @Override
            public void draft(Path file) {
              // Left by a killed run; it is replaced when its file is written again.
            }

            @Override
            public void result(StrmResult result) {
              take(result);
            }
          },
          () -> isStopping);
    } catch (IOException e) {
      report(folder, StrmFailure.read(e).sentence());
    }
  }

  /** A folder can be watched twice without harm; the second time, the system knows it already. */
  private void watch(Path folder) {
    try {
      changes.watch(folder);
    } catch (NoSuchFileException e) {
      // Removed since it was found.
    } catch (IOException e) {
      if (!isUnwatched) {
        isUnwatched = true;
        events.accept(
            new Unwatched(
                "The system watches no more folders (sysctl fs.inotify.max_user_watches);"
                    + " changes in the others are found every ten minutes."));
      }
    }
  }

  /** Gives links to the files that rest. */
  private void write(Instant now) {
    List<Path> due =
        pending.entrySet().stream()
            .filter(entry -> !now.isBefore(entry.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    due.forEach(pending::remove);
    List<Path> allowed = due.stream().filter(file -> mayWrite(file, now)).toList();
    try {
      run.files(allowed);
    } catch (IOException e) {
      folders.forEach(folder -> report(folder, StrmFailure.write(e).sentence()));
    }
  }

  private boolean mayWrite(Path file, Instant now) {
    RewriteGuard.Answer answer = guard.ask(file, now);
    if (answer == RewriteGuard.Answer.LEAVE_FROM_NOW) {
      events.accept(new LeftToOthers(name(file)));
    }
    return answer == RewriteGuard.Answer.WRITE;
  }

  private void take(StrmResult result) {
    Path file = result.file();
    switch (result.decision()) {
      case Changed _ -> {
        guard.wrote(file, clock.instant());
        faulty.remove(file);
        events.accept(new Wrapped(name(file)));
      }
      case Faulty(String sentence) -> report(file, sentence);
      case Left(LeftAlone reason) when reason == LeftAlone.CHANGING -> note(file);
      case Left _, StrmDecision.Kept _ -> faulty.remove(file);
    }
  }

  private void report(Path file, String sentence) {
    if (faulty.add(file)) {
      events.accept(new FileFaulty(name(file), sentence));
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  /** Waits until the files being written are complete. */
  @Override
  public void close() {
    isStopping = true;
    try {
      changes.close();
      thread.join();
    } catch (IOException e) {
      // The thread sees after its wait that it is to stop.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    run.close();
  }
}
