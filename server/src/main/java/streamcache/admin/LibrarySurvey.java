package streamcache.admin;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One walk through folders of the library: what is there, and with {@code writes}, what was done.
 * Made by {@link LibraryRoutes}; a thread of its own walks, any thread asks for the state.
 */
final class LibrarySurvey {

  private static final Logger LOG = LoggerFactory.getLogger(LibrarySurvey.class);

  /** Of each kind, so many files are named; all are counted. */
  static final int MOST_NAMED = 200;

  /** Files change; a preview that is older is not what would happen. */
  private static final Duration FRESH = Duration.ofHours(1);

  private enum State {
    RUNNING,
    DONE,
    STOPPED,
    FAILED
  }

  /** The files that are one for one reason. */
  private static final class Group {
    private long count;
    private final List<String> files = new ArrayList<>();
  }

  private final String id;
  private final List<Path> folders;
  private final boolean writes;
  private final InstantSource clock;
  private final Instant begun;

  /** Guards all fields below; held for microseconds. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Map<LibraryTrees.Kind, Map<String, Group>> groups =
      new EnumMap<>(LibraryTrees.Kind.class);
  private long files;
  private State state = State.RUNNING;
  private Optional<Instant> ended = Optional.empty();
  private volatile boolean isStopping;

  LibrarySurvey(String id, List<Path> folders, boolean writes, InstantSource clock) {
    this.id = id;
    this.folders = List.copyOf(folders);
    this.writes = writes;
    this.clock = clock;
    this.begun = clock.instant();
  }

  void start(LibraryTrees trees) {
    Thread.ofPlatform().daemon().name("library-survey").start(() -> walk(trees));
  }

  private void walk(LibraryTrees trees) {
    State end = State.FAILED;
    try {
      for (Path folder : folders) {
        trees.look(folder, writes, seen -> add(folder, seen), () -> isStopping);
      }
      end = isStopping ? State.STOPPED : State.DONE;
    } catch (IOException e) {
      LOG.warn("event=library-survey-failed error={}", e.getClass().getSimpleName());
    } finally {
      end(end);
    }
  }

  private void end(State end) {
    lock.lock();
    try {
      state = end;
      ended = Optional.of(clock.instant());
    } finally {
      lock.unlock();
    }
  }

  private void add(Path folder, LibraryTrees.Seen seen) {
    String name = name(folder, seen.file());
    lock.lock();
    try {
      files++;
      Group group =
          groups
              .computeIfAbsent(seen.kind(), _ -> new TreeMap<>())
              .computeIfAbsent(seen.words(), _ -> new Group());
      group.count++;
      if (group.files.size() < MOST_NAMED) {
        group.files.add(name);
      }
    } finally {
      lock.unlock();
    }
  }

  private static String name(Path folder, Path file) {
    return file.startsWith(folder) ? folder.relativize(file).toString() : file.toString();
  }

  List<Path> folders() {
    return folders;
  }

  boolean isRunning() {
    lock.lock();
    try {
      return state == State.RUNNING;
    } finally {
      lock.unlock();
    }
  }

  /** Whether somebody who has read it may confirm it. */
  boolean isPreview(String wanted) {
    lock.lock();
    try {
      boolean isFresh =
          ended.isPresent() && Duration.between(ended.get(), clock.instant()).compareTo(FRESH) < 0;
      return id.equals(wanted) && !writes && state == State.DONE && isFresh;
    } finally {
      lock.unlock();
    }
  }

  void stop() {
    isStopping = true;
  }

  ObjectNode show() {
    lock.lock();
    try {
      ObjectNode answer =
          ApiAnswer.object()
              .put("id", id)
              .put("state", state.name().toLowerCase(Locale.ROOT))
              .put("writes", writes)
              .put("begun", begun.toString())
              .put("files", files);
      ended.ifPresent(when -> answer.put("ended", when.toString()));
      ArrayNode walked = answer.putArray("folders");
      folders.forEach(folder -> walked.add(folder.toString()));
      ArrayNode kinds = answer.putArray("kinds");
      groups.forEach((kind, reasons) ->
          reasons.forEach((words, group) -> {
            ObjectNode row =
                kinds
                    .addObject()
                    .put("kind", kind.name().toLowerCase(Locale.ROOT))
                    .put("words", words)
                    .put("count", group.count);
            ArrayNode named = row.putArray("named");
            group.files.forEach(named::add);
          }));
      return answer;
    } finally {
      lock.unlock();
    }
  }
}
