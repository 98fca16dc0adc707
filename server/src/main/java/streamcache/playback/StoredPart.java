package streamcache.playback;

import java.time.Instant;
import java.util.Optional;
import streamcache.origin.Facts;
import streamcache.store.Extent;
import streamcache.store.Generation;
import streamcache.store.GenerationFacts;
import streamcache.store.Reader;
import streamcache.store.Title;

/**
 * Bytes of one file that are stored without a hole, held until it is closed. Used by one thread.
 */
public final class StoredPart implements AutoCloseable {

  /** The hold advances in steps of this size. */
  private static final long STEP_BYTES = 4L * 1024 * 1024;

  private final Title title;
  private final Generation generation;
  private final Reader reader;
  private final long start;
  private final long end;

  StoredPart(Title title, Generation generation, Reader reader, long start, long end) {
    this.title = title;
    this.generation = generation;
    this.reader = reader;
    this.start = start;
    this.end = end;
  }

  /** Differs for every file that the title has ever had here. */
  public String file() {
    return generation.etag();
  }

  /** When the file was begun, in epoch seconds. */
  public long begun() {
    return generation.begun();
  }

  public long start() {
    return start;
  }

  /** The offset after the last byte; more may follow by now. */
  public long end() {
    return end;
  }

  /** What the provider said of the file. */
  public Facts facts() {
    GenerationFacts facts = generation.facts();
    return new Facts(
        facts.total(),
        facts.strongValidator(),
        facts.lastModified(),
        Optional.of(facts.contentType()),
        facts.contentDisposition(),
        facts.response().hasRanges(),
        facts.finalHost(),
        facts.response().date().stream().mapToObj(Instant::ofEpochSecond).findFirst(),
        /* isPlaced= */ true,
        facts.response().age());
  }

  /** Sends the bytes up to an offset that is not after the end, and ends the exchange. */
  public void send(Exchange exchange, long until) throws ClientGone {
    long position = start;
    while (position < until) {
      Optional<Extent> extent = reader.at(position, Math.min(STEP_BYTES, until - position));
      if (extent.isEmpty() || !isSent(exchange, extent.get(), position)) {
        exchange.abort();
        return;
      }
      position += extent.get().length();
    }
    exchange.end();
  }

  private boolean isSent(Exchange exchange, Extent extent, long position) throws ClientGone {
    long before = exchange.sent();
    try {
      exchange.body(extent.file(), extent.from(), extent.to());
      return true;
    } catch (Unreadable _) {
      reader.unreadable(position + exchange.sent() - before);
      return false;
    }
  }

  @Override
  public void close() {
    reader.close();
    title.close();
  }
}
