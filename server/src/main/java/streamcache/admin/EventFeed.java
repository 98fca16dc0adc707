package streamcache.admin;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import streamcache.event.Event;
import streamcache.playback.ClientGone;
import streamcache.playback.Exchange;
import streamcache.playback.Headers;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends programs what happens, as server-sent events, from the moment they connect. Publishers put
 * each event into the bounded queue of each reader and never wait; a reader whose queue is full is
 * dropped. Each reader has the virtual thread of its request.
 */
public final class EventFeed implements Consumer<Event>, AutoCloseable {

  static final String PATH = "/api/v1/events";

  static final int MOST_READERS = 20;

  /** Some seconds of a busy house. */
  static final int MOST_QUEUED = 1000;

  /** After so many seconds without an event, a comment shows proxies that the feed is alive. */
  private static final int QUIET_SECONDS = 15;

  private static final String DROPPED =
      "event: dropped\ndata: {\"event\":\"dropped\",\"words\":\"This reader was too slow and has"
          + " missed events; read the state again, then reconnect.\"}\n\n";

  /** An event that was published, or the end of the feed. */
  private record Happened(@Nullable Event event, Instant at) {}

  /** One that reads, until it is dropped. */
  private static final class Reader {
    private final BlockingQueue<Happened> queue = new ArrayBlockingQueue<>(MOST_QUEUED);
    private volatile boolean isDropped;

    /** False if it is too slow, so that it is dropped. */
    private boolean takes(Happened happened) {
      if (!queue.offer(happened)) {
        isDropped = true;
      }
      return !isDropped;
    }
  }

  private final EventEntry entries;
  private final InstantSource clock;
  private final Set<Reader> readers = ConcurrentHashMap.newKeySet();
  private final Semaphore places = new Semaphore(MOST_READERS);
  private volatile boolean isClosing;

  /**
   * @param timeline knows the names of titles
   */
  public EventFeed(Timeline timeline, InstantSource clock) {
    this.entries = new EventEntry(timeline.entries());
    this.clock = clock;
  }

  @Override
  public void accept(Event event) {
    if (!readers.isEmpty()) {
      offer(new Happened(event, clock.instant()));
    }
  }

  private void offer(Happened happened) {
    readers.removeIf(reader -> !reader.takes(happened));
  }

  /**
   * Sends until the program goes, is dropped, its key ends or the server stops.
   *
   * @param isAdmitted whether its token still counts; asked each second
   */
  void send(Exchange exchange, BooleanSupplier isAdmitted) throws ClientGone, ApiException {
    if (!places.tryAcquire()) {
      throw ApiException.busy("Too many programs read events; end one of them.");
    }
    Reader reader = new Reader();
    try {
      exchange.head(
          200,
          new Headers()
              .add("Content-Type", "text/event-stream")
              .add("Cache-Control", "no-store")
              .add("X-Accel-Buffering", "no"));
      if (exchange.request().method().equals("GET")) {
        readers.add(reader);
        write(exchange, ": events of Streamcache\n\n");
        follow(exchange, reader, isAdmitted);
      }
      exchange.end();
    } finally {
      readers.remove(reader);
      places.release();
    }
  }

  private void follow(Exchange exchange, Reader reader, BooleanSupplier isAdmitted)
      throws ClientGone {
    int quiet = 0;
    long asked = System.nanoTime();
    while (!isClosing && !exchange.isGone()) {
      Happened happened = next(reader);
      if (reader.isDropped) {
        write(exchange, DROPPED);
        return;
      }
      Optional<String> text = Optional.ofNullable(happened).flatMap(this::text);
      if (text.isPresent()) {
        write(exchange, text.get());
        quiet = 0;
      } else if (happened == null && ++quiet >= QUIET_SECONDS) {
        write(exchange, ": nothing new\n\n");
        quiet = 0;
      }
      if (System.nanoTime() - asked >= TimeUnit.SECONDS.toNanos(1)) {
        asked = System.nanoTime();
        if (!isAdmitted.getAsBoolean()) {
          return;
        }
      }
    }
  }

  /** Null after a second without an event. */
  private static @Nullable Happened next(Reader reader) {
    try {
      return reader.queue.poll(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      reader.isDropped = true;
      return null;
    }
  }

  private Optional<String> text(Happened happened) {
    Event event = happened.event();
    return event == null ? Optional.empty() : entries.of(event, happened.at()).map(EventFeed::text);
  }

  private static String text(ObjectNode entry) {
    return "event: " + entry.get("event").asString() + "\ndata: " + entry + "\n\n";
  }

  private static void write(Exchange exchange, String text) throws ClientGone {
    exchange.body(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Ends all feeds, so that the server need not wait for them when it stops. */
  @Override
  public void close() {
    isClosing = true;
    offer(new Happened(null, clock.instant()));
  }
}
