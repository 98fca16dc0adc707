package streamcache.prewarm;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.fill.Fills;
import streamcache.link.AccountId;
import streamcache.link.Link;
import streamcache.link.Originals;
import streamcache.link.TitleKey;
import streamcache.store.Store;

/**
 * The titles that are fetched before anybody plays them. One title of an account is fetched at a
 * time, on a virtual thread of its own; the others wait. The queue survives a restart. Any thread.
 *
 * <p>The lock guards the queue; it is never held while a file is read or written, or a title is
 * opened.
 */
public final class Prewarms implements AutoCloseable {

  /** More titles than this are not taken on; each holds a link in memory. */
  public static final int MOST = 1000;

  /** So many titles that are over are still shown. */
  private static final int MOST_OVER = 100;

  private static final Duration STOP_WITHIN = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(Prewarms.class);

  private final Store store;
  private final Fills fills;
  private final PrewarmFile file;
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("prewarm-queue").factory());

  private final ReentrantLock lock = new ReentrantLock();

  /** Those that are not over, oldest first. */
  private final Map<TitleKey, PrewarmItem> open = new LinkedHashMap<>();

  /** Those that are over, newest first. */
  private final Deque<PrewarmItem> over = new ArrayDeque<>();

  private final Set<AccountId> busy = new HashSet<>();
  private boolean isClosed;

  /**
   * @param cache the folder that the queue is kept in
   */
  public Prewarms(Store store, Fills fills, Path cache, Originals originals) {
    this.store = store;
    this.fills = fills;
    this.file = new PrewarmFile(cache, originals);
  }

  /** Goes on with what an earlier run left. Reads the disk. */
  public void start() {
    List<PrewarmFile.Entry> left = file.read();
    locked(() -> left.forEach(entry -> put(entry.link(), entry.part())));
    dispatch();
  }

  /**
   * Adds titles to the queue, or to what is wanted of those in it; returns once the queue is on the
   * disk, so it waits for that.
   *
   * @return false if they are too many; nothing is added then
   */
  public boolean add(List<Link> links, PrewarmPart part) {
    lock.lock();
    try {
      long fresh =
          links.stream().map(Link::key).distinct().filter(k -> !open.containsKey(k)).count();
      if (open.size() + fresh > MOST || isClosed) {
        return false;
      }
      links.forEach(link -> put(link, part));
    } finally {
      lock.unlock();
    }
    saved().join();
    dispatch();
    return true;
  }

  /** With the lock held. */
  private void put(Link link, PrewarmPart part) {
    PrewarmItem known = open.get(link.key());
    if (known == null) {
      over.removeIf(item -> item.link().key().equals(link.key()));
      open.put(link.key(), new PrewarmItem(link, part));
    } else if (!known.part().includes(part)) {
      known.widen(part);
    }
  }

  /**
   * Takes a title off the queue; what is stored of it stays.
   *
   * @return false if it is not in the queue
   */
  public boolean cancel(TitleKey title) {
    PrewarmItem item;
    lock.lock();
    try {
      item = open.get(title);
      if (item == null || isClosed) {
        return false;
      }
      isOver(item, PrewarmState.CANCELLED, "");
    } finally {
      lock.unlock();
    }
    item.interrupt();
    saved().join();
    return true;
  }

  /** Those that are not over, oldest first, then the last ones that are, newest first. */
  public List<PrewarmStatus> all() {
    List<PrewarmItem> items = new ArrayList<>();
    locked(() -> {
      items.addAll(open.values());
      items.addAll(over);
    });
    return items.stream().map(PrewarmItem::status).toList();
  }

  /** Starts a title of each account that has none running. */
  private void dispatch() {
    List<Thread> starting = new ArrayList<>();
    locked(() -> {
      for (PrewarmItem item : open.values()) {
        boolean isNext = !isClosed && item.state() == PrewarmState.QUEUED;
        if (isNext && busy.add(item.link().account())) {
          Thread thread = Thread.ofVirtual().name("prewarm").unstarted(() -> run(item));
          item.runs(thread);
          starting.add(thread);
        }
      }
    });
    starting.forEach(Thread::start);
  }

  private void run(PrewarmItem item) {
    PrewarmRun.Result result = PrewarmRun.Result.failed("An internal error; the log has more.");
    try {
      result = fetched(item);
    } catch (InterruptedException _) {
      // Cancelled, or the server stops and goes on with it after its next start.
    } catch (RuntimeException | Error e) {
      LOG.error("event=prewarm-failed key={}", item.link().key(), e);
    } finally {
      ended(item, result);
    }
  }

  /** Again if more is wanted by then. */
  private PrewarmRun.Result fetched(PrewarmItem item) throws InterruptedException {
    PrewarmPart part;
    PrewarmRun.Result result;
    do {
      part = item.part();
      result = new PrewarmRun(fills, store, item).run();
    } while (result.state() == PrewarmState.DONE && !part.includes(item.part()));
    return result;
  }

  private void ended(PrewarmItem item, PrewarmRun.Result result) {
    lock.lock();
    try {
      busy.remove(item.link().account());
      if (isClosed) {
        return;
      }
      if (item.state() == PrewarmState.RUNNING) {
        isOver(item, result.state(), result.words());
      }
    } finally {
      lock.unlock();
    }
    var _ = saved();
    dispatch();
  }

  /** With the lock held. */
  private void isOver(PrewarmItem item, PrewarmState as, String words) {
    item.ends(as, words);
    open.remove(item.link().key());
    over.addFirst(item);
    if (over.size() > MOST_OVER) {
      over.removeLast();
    }
  }

  /** Once the server stops, nothing is written any more. */
  private CompletableFuture<?> saved() {
    try {
      return CompletableFuture.runAsync(() -> file.write(entries()), writer);
    } catch (RejectedExecutionException _) {
      return CompletableFuture.completedFuture(false);
    }
  }

  private List<PrewarmFile.Entry> entries() {
    List<PrewarmFile.Entry> entries = new ArrayList<>();
    locked(() ->
        open.values()
            .forEach(item -> entries.add(new PrewarmFile.Entry(item.link(), item.part()))));
    return entries;
  }

  private void locked(Runnable change) {
    lock.lock();
    try {
      change.run();
    } finally {
      lock.unlock();
    }
  }

  /** Stops to fetch; to be called while the fills still run. */
  @Override
  public void close() {
    List<PrewarmItem> running = new ArrayList<>();
    locked(() -> {
      isClosed = true;
      running.addAll(open.values());
    });
    running.forEach(PrewarmItem::interrupt);
    try {
      for (PrewarmItem item : running) {
        item.awaitEnd(STOP_WITHIN.toMillis());
      }
      writer.shutdown();
      boolean _ = writer.awaitTermination(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
