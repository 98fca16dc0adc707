package streamcache.playback;

import java.nio.channels.FileChannel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import streamcache.event.Event;
import streamcache.link.Link;
import streamcache.range.ByteRange;
import streamcache.store.Extent;
import streamcache.store.Generation;
import streamcache.store.Reader;
import streamcache.store.Title;

/**
 * A response that needs no wait: at most a small range of a title that is complete and open.
 * Created and ended on an event loop, so nothing here blocks; the thread of a {@link Playback} and
 * the handovers between the two would cost more than such a request itself (docs/performance.md).
 */
public final class Ready {

  /** The most that an event loop sends to one player at once; larger bodies get a thread. */
  private static final long MOST_BYTES = 1 << 20;

  /** How the response ended. */
  public enum Outcome {
    /** The system has taken the head and the body. */
    WHOLE,
    PLAYER_LEFT,
    /** The file could not be read past the bytes sent. */
    UNREADABLE
  }

  private final Request request;
  private final Link link;
  private final Title title;
  private final Consumer<Event> events;
  private final int status;
  private final Headers headers;
  private final long begun = System.nanoTime();
  private String range = "-";
  private long start;
  private @Nullable Reader reader;
  private @Nullable Extent body;

  private Ready(
      Request request,
      Link link,
      Title title,
      Consumer<Event> events,
      int status,
      Headers headers) {
    this.request = request;
    this.link = link;
    this.title = title;
    this.events = events;
    this.status = status;
    this.headers = headers;
  }

  /**
   * Returns the response, if it is of this kind.
   *
   * @param title held; the hold passes to the response if there is one
   */
  static Optional<Ready> of(
      Request request, Link link, Title title, Consumer<Event> events, InstantSource clock) {
    Generation generation = title.generation().orElse(null);
    if (generation == null || !generation.isComplete()) {
      return Optional.empty();
    }
    TitleHeaders answer = new TitleHeaders(request, generation, Decided.HIT, clock);
    return switch (Plan.of(request, Resource.of(generation))) {
      case Plan.NotModified _ ->
          Optional.of(new Ready(request, link, title, events, 304, answer.common()));
      case Plan.PreconditionFailed _ ->
          Optional.of(new Ready(request, link, title, events, 412, answer.preconditionFailed()));
      case Plan.Unsatisfiable(long total) ->
          Optional.of(new Ready(request, link, title, events, 416, answer.unsatisfiable(total)));
      case Plan.Whole _ when request.method().equals("HEAD") ->
          Optional.of(new Ready(request, link, title, events, 200, answer.whole()));
      case Plan.Part(ByteRange part) when part.length() <= MOST_BYTES ->
          new Ready(request, link, title, events, 206, answer.part(part)).with(part, generation);
      case Plan.Whole _, Plan.Part _, Plan.Parts _, Plan.Growing _ -> Optional.empty();
    };
  }

  private Optional<Ready> with(ByteRange part, Generation generation) {
    Reader hold = generation.reader(part.start());
    Extent extent = hold.at(part.start(), part.length()).orElse(null);
    if (extent == null || extent.length() < part.length()) {
      hold.close();
      return Optional.empty();
    }
    start = part.start();
    reader = hold;
    body = extent;
    range = headers.first("Content-Range").orElseThrow();
    return Optional.of(this);
  }

  public Request request() {
    return request;
  }

  public int status() {
    return status;
  }

  public Headers headers() {
    return headers;
  }

  /** The file that holds the body; empty when the response has none. */
  public Optional<FileChannel> file() {
    return Optional.ofNullable(body).map(Extent::file);
  }

  /** Offset of the body in the file. */
  public long from() {
    return body == null ? 0 : body.from();
  }

  /** Bytes of the body. */
  public long length() {
    return body == null ? 0 : body.length();
  }

  /**
   * Ends the response: releases its bytes and publishes its record. Must be called once.
   *
   * @param sent body bytes that the system has taken
   */
  public void end(long sent, Outcome outcome) {
    Ended ended =
        switch (outcome) {
          case WHOLE -> new Ended.Done();
          case PLAYER_LEFT -> new Ended.PlayerLeft();
          case UNREADABLE -> new Ended.Cut(Transfer.UNREADABLE);
        };
    if (reader != null) {
      if (outcome == Outcome.UNREADABLE) {
        reader.unreadable(start + sent);
      }
      reader.close();
    }
    title.close();
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    PlaybackRecord record =
        new PlaybackRecord(
            request,
            link,
            status,
            Optional.of(Decided.HIT),
            range,
            sent,
            /* fromStore= */ sent,
            /* firstByte= */ took,
            took,
            ended);
    events.accept(new PlaybackEvent.Finished(record));
  }
}
