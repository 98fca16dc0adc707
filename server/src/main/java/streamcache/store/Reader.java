package streamcache.store;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;

/** A playback's or another node's hold on a generation. Used by one thread, which closes it. */
public final class Reader implements RangeTracker.Hold, AutoCloseable {
  private final Generation generation;

  /** Nothing from here on is evicted. Written by the reader, read by the keeper. */
  private volatile long position;

  private final long from;
  private final boolean isPlayer;
  private Media.@Nullable View view;
  private @Nullable Extent latest;
  private boolean closed;

  /**
   * @param isPlayer whether the title counts as used
   */
  Reader(Generation generation, long position, boolean isPlayer) {
    this.generation = generation;
    this.position = position;
    this.from = position;
    this.isPlayer = isPlayer;
  }

  /**
   * Opens a hold for another node, which keeps the bytes from then on: the title does not count as
   * used, so that it is evicted no later than without it. The caller closes it.
   */
  public static Reader ofNode(Generation generation, long position) {
    Reader reader = new Reader(generation, position, /* isPlayer= */ false);
    generation.presence().add(reader);
    return reader;
  }

  /**
   * Moves the hold to {@code position} and returns the present bytes from there on, at most {@code
   * most}; bytes before the hold may be evicted. Empty if the byte is absent or its file cannot be
   * opened. On a virtual thread this does no disk I/O, but may wait for a thread of the store that
   * opens a file. The extent is valid until the next call.
   */
  public Optional<Extent> at(long position, long most) {
    moveTo(position);
    // Only after the hold has moved: bytes looked up before could be evicted in between.
    long length = Math.min(generation.present().presentUntil(position) - position, most);
    if (length <= 0) {
      return Optional.empty();
    }
    Media.View look = view;
    if (look == null) {
      look = generation.view();
      view = look;
    }
    Optional<Extent> extent = look.extent(position, position + length);
    if (extent.isEmpty()) {
      ByteRange lost = new ByteRange(position, look.reach(position, position + length));
      generation.invalidate(RangeSet.of(lost), "its file cannot be opened");
    }
    latest = extent.orElse(null);
    return extent;
  }

  /**
   * Reports that the extent returned last could not be read from {@code position} on. Those bytes
   * become holes; if the file is too short, the holes are all the bytes that it should hold after
   * its end. Does not block.
   */
  public void unreadable(long position) {
    Extent extent = Objects.requireNonNull(latest, "an extent was returned");
    Media.View look = Objects.requireNonNull(view, "a view was opened");
    // With a congested socket, a transfer from a short file can stop before the end of the file.
    long readable = readable(extent);
    boolean isShort = readable < extent.length();
    long start = isShort ? Math.max(position, this.position + readable) : position;
    long end = isShort ? look.reach(start, Long.MAX_VALUE) : this.position + extent.length();
    generation.invalidate(RangeSet.of(new ByteRange(start, end)), "its file cannot be read");
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      if (view != null) {
        view.close();
      }
      if (isPlayer) {
        long now = generation.parts().time().now().toEpochMilli();
        generation.title().meter().left(from, position, now);
      }
      generation.leave(this);
    }
  }

  @Override
  public long position() {
    return position;
  }

  /** The number of bytes of the extent that its file holds. */
  private static long readable(Extent extent) {
    try {
      return Math.clamp(extent.file().size() - extent.from(), 0, extent.length());
    } catch (IOException e) {
      return extent.length();
    }
  }

  private void moveTo(long next) {
    if (next >= position) {
      position = next;
      return;
    }
    generation.presence().still(() -> position = next);
  }
}
