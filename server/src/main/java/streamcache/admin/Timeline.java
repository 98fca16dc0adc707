package streamcache.admin;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.event.Event;
import streamcache.link.TitleKey;
import streamcache.playback.PlaybackEvent;
import streamcache.playback.Request;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps for seven days what happened at the providers and why. Events are queued from any thread
 * without waiting and written by a thread of its own; when more come than the disk takes, the
 * newest are left out and counted. A kill loses the last second, since nothing depends on it.
 */
public final class Timeline implements Consumer<Event>, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Timeline.class);

  private static final int MOST_QUEUED = 4096;
  private static final int MOST_NAMES = 2000;

  private final TimelineFiles files;
  private final TimelineEntry entries;
  private final InstantSource clock;
  private final BlockingQueue<ObjectNode> queue = new ArrayBlockingQueue<>(MOST_QUEUED);
  private final Thread writer = new Thread(this::write, "timeline");
  private volatile boolean isClosing;
  private boolean hasFailed;

  /** Of the titles requested most recently, since most events name only the key. */
  private final Map<TitleKey, String> names =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<TitleKey, String> eldest) {
              return size() > MOST_NAMES;
            }
          });

  /**
   * @param folder of its files, created when there is something to write
   * @param clients the client of a request
   */
  public Timeline(Path folder, Function<Request, InetAddress> clients, InstantSource clock) {
    this.files = new TimelineFiles(folder);
    this.entries = new TimelineEntry(title -> Optional.ofNullable(names.get(title)), clients);
    this.clock = clock;
    writer.setDaemon(true);
  }

  /** Starts the thread that writes. */
  public void start() {
    writer.start();
  }

  @Override
  public void accept(Event event) {
    if (event instanceof PlaybackEvent.Started started) {
      names.put(started.link().key(), started.link().name());
      return;
    }
    entries
        .of(event, clock.instant())
        .ifPresent(entry -> {
          boolean _ = queue.offer(entry);
        });
  }

  /** The entries that the query asks for, newest first. Blocks on the disk. */
  List<ObjectNode> read(TimelineQuery query) throws IOException {
    return files.read(query);
  }

  /** Writes what is queued; returns at the latest after two seconds. */
  @Override
  public void close() {
    isClosing = true;
    writer.interrupt();
    try {
      writer.join(TimeUnit.SECONDS.toMillis(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write() {
    while (!isClosing || !queue.isEmpty()) {
      List<ObjectNode> batch = new ArrayList<>();
      @Nullable ObjectNode first = next();
      if (first != null) {
        batch.add(first);
        queue.drainTo(batch);
        append(batch);
      }
    }
  }

  private @Nullable ObjectNode next() {
    try {
      return isClosing ? queue.poll() : queue.take();
    } catch (InterruptedException _) {
      return queue.poll();
    }
  }

  private void append(List<ObjectNode> batch) {
    Instant now = clock.instant();
    try {
      files.append(batch, now);
      hasFailed = false;
    } catch (IOException e) {
      if (!hasFailed) {
        LOG.warn("event=timeline-not-written error={}", e.getClass().getSimpleName());
      }
      hasFailed = true;
    }
  }
}
