package streamcache.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import streamcache.link.TitleKey;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;

/** One version of a title's bytes. Safe for many readers and, on disjoint ranges, many writers. */
public final class Generation {

  private final StoreParts parts;
  private final Title title;
  private final String id;
  private final long begun;
  private final RangeTracker tracker;
  private final Waiters waiters;
  private final Freshness freshness;
  private final Maintained upkeep = new Upkeep();
  private volatile GenerationFacts facts;
  private volatile boolean superseded;
  private volatile @Nullable Object attachment;

  /** Absent while the disk accepts nothing. */
  private volatile @Nullable TitleFiles files;

  Generation(StoreParts parts, Title title, String id, long begun, GenerationFacts facts) {
    this.parts = parts;
    this.title = title;
    this.id = id;
    this.begun = begun;
    this.facts = facts;
    this.tracker = new RangeTracker(parts.time(), title.account(), Footprint.of(parts.abilities()));
    this.waiters = new Waiters(parts.time());
    this.freshness = new Freshness(begun);
  }

  public GenerationFacts facts() {
    return facts;
  }

  /** Total length in bytes; empty while unknown. */
  public OptionalLong total() {
    return facts.total();
  }

  /** Our own strong ETag, with quotes; stable from the first byte on and across restarts. */
  public String etag() {
    return '"' + title.key().brief() + '-' + id + '"';
  }

  /** When the generation began, in epoch seconds; used for Age. */
  public long begun() {
    return begun;
  }

  /** When the provider was last known to have this version. */
  public Freshness freshness() {
    return freshness;
  }

  /**
   * Records that the provider had this file at {@code epochSeconds}. Journaled for the next start
   * only if every byte is present and the media is sealed; a power cut may lose the record. Blocks
   * on the disk: platform threads only.
   */
  public void confirmed(long epochSeconds) {
    freshness.confirm(epochSeconds);
    TitleFiles open = files;
    if (open == null || !isComplete() || !open.media().isSealed()) {
      return;
    }
    tracker.queue(journal -> journal.complete(epochSeconds));
    try {
      open.journal().flush();
    } catch (IOException e) {
      // StoreHealth reports it; the record stays queued.
      StoreException _ = parts.health().failed(e);
    }
  }

  /** The present ranges: an immutable value, cheap, read without a lock. */
  public RangeSet present() {
    return tracker.present();
  }

  /** Whether the total is known and every byte is present. */
  public boolean isComplete() {
    OptionalLong total = total();
    return total.isPresent() && present().covers(new ByteRange(0, total.getAsLong()));
  }

  /** Whether a newer generation has replaced this one, or its bytes were given up permanently. */
  public boolean isSuperseded() {
    return superseded;
  }

  /** Opens a hold on the bytes from {@code position} on; the caller closes it. */
  public Reader reader(long position) {
    Reader reader = new Reader(this, position, /* isPlayer= */ true);
    tracker.add(reader);
    title.meter().opened(parts.time().now().toEpochMilli());
    return reader;
  }

  /**
   * What a user of the store keeps with this generation, such as something computed from it.
   *
   * @param maker called if there is nothing of that type yet, perhaps by several threads at once
   */
  public <T> T attachment(Class<T> type, Supplier<T> maker) {
    Object known = attachment;
    if (!type.isInstance(known)) {
      known = maker.get();
      attachment = known;
    }
    return type.cast(known);
  }

  /** The number of open readers. */
  public int readers() {
    return tracker.readers();
  }

  /**
   * Writes the bytes of {@code data} that are not yet present, publishes them and wakes the
   * waiters. Blocks on the disk: platform threads only.
   *
   * @param offset position of the first byte of {@code data} in the title
   * @param data a direct buffer; consumed, or left unchanged if this throws
   * @throws StoreException if not all bytes were stored; only stored bytes are published
   */
  public void write(long offset, ByteBuffer data) throws StoreException {
    ByteRange range = ByteRange.ofLength(offset, data.remaining());
    RangeSet before = present();
    if (!before.covers(range)) {
      parts.health().gate();
      parts.quota().ensure(tracker.footprint().growth(before, range));
      try {
        fillHoles(range, data);
      } catch (IOException e) {
        throw parts.health().failed(e);
      }
      parts.health().succeeded();
    }
    data.position(data.limit());
  }

  /** Records that the provider ended cleanly at {@code total}: the total is known from now on. */
  public void ended(long total) {
    title.learnTotal(this, total);
  }

  /**
   * Waits until the byte at {@code position} is present, the total is known to be at or below it,
   * {@code stop} returns true (evaluated again after each write and each {@link #wake}), or no byte
   * at all has been written for {@code idle}. Parks, so it is suitable for virtual threads.
   *
   * @return end of the present run from {@code position} on; {@code position} if its byte is still
   *     absent
   */
  public long await(long position, Duration idle, BooleanSupplier stop)
      throws InterruptedException {
    long since = parts.time().nanos();
    while (true) {
      long seen = waiters.events();
      long until = present().presentUntil(position);
      if (until > position || isBehindEnd(position) || stop.getAsBoolean()) {
        return until;
      }
      if (!waiters.await(seen, since, idle.toNanos())) {
        return present().presentUntil(position);
      }
    }
  }

  /** Makes every waiter evaluate its {@code stop} again. Never blocks on the disk. */
  public void wake() {
    waiters.tell();
  }

  /**
   * Whether {@code data} equals the bytes stored from {@code offset} on; bytes that are no longer
   * present or cannot be read count as equal. Blocks on the disk: platform threads only.
   *
   * @param data is not consumed
   */
  public boolean agrees(long offset, ByteBuffer data) {
    return Comparison.agrees(view(), range -> present().covers(range), offset, data.duplicate());
  }

  /** Turns bytes that are lost, or belong to another file, into holes, and publishes that. */
  public void invalidate(RangeSet bad, String reason) {
    RangeSet lost = tracker.invalidate(bad);
    if (!lost.isEmpty()) {
      parts.threads().written(upkeep);
      parts.invalidate(title.key(), lost.size(), reason);
    }
  }

  // For other classes of the store from here on.

  String id() {
    return id;
  }

  Title title() {
    return title;
  }

  RangeTracker presence() {
    return tracker;
  }

  Optional<TitleFiles> files() {
    return Optional.ofNullable(files);
  }

  /**
   * Adopts the files created or found for this generation. The title's writer lock is held, unless
   * the title is still being loaded.
   */
  void open(TitleFiles found, RangeSet bytes, RangeSet doubtful) {
    files = found;
    tracker.open(found.journal(), found.media().footprint(), bytes, doubtful);
  }

  /**
   * Sets the total. The title's writer lock is held, unless the title is still being loaded, so
   * that the total reaches either the sidecar's block or its journal.
   */
  void know(long total) {
    facts = facts.withTotal(total);
  }

  /** Marks this generation as replaced by a newer one, which has taken over the sidecar. */
  void supersede() {
    superseded = true;
    tracker.forgetJournal();
    waiters.tell();
    retireIfLeft();
  }

  /** Opens a view of the bytes for one reader; requires that a byte is present. */
  Media.View view() {
    return Objects.requireNonNull(files, "some bytes are present").media().view();
  }

  /** Gives up all bytes permanently, unless there is a reader or writer; returns whether it did. */
  boolean giveUp() {
    if (!tracker.close()) {
      return false;
    }
    superseded = true;
    tracker.forgetJournal();
    waiters.tell();
    return true;
  }

  void leave(Reader reader) {
    tracker.remove(reader);
    parts.threads().changed().add(title.key());
    retireIfLeft();
  }

  StoreParts parts() {
    return parts;
  }

  Maintained upkeep() {
    return upkeep;
  }

  /** Closes the files; there are no readers or writers. Blocks on the disk. */
  void close() {
    TitleFiles open = files;
    if (open == null) {
      return;
    }
    try (Media _ = open.media();
        SidecarJournal journal = open.journal()) {
      journal.flushAll();
    } catch (IOException e) {
      StoreException _ = parts.health().failed(e);
    }
  }

  /**
   * Closes the files and deletes the bytes; there are no readers or writers. Blocks on the disk.
   */
  void delete() {
    close();
    TitleFiles gone = files;
    if (gone == null) {
      return;
    }
    try {
      gone.media().delete();
      // Last: until then the sidecar tells the next start which media to delete.
      parts.disk().delete(parts.layout().trashed(title.key(), id, Layout.SIDECAR));
    } catch (IOException e) {
      // The trash is emptied at the next start.
      StoreException _ = parts.health().failed(e);
    }
  }

  /** Schedules the deletion of a superseded generation once it has no reader or writer. */
  void retireIfLeft() {
    if (superseded && tracker.close()) {
      parts.threads().keeper().execute(() -> title.retire(this));
    }
  }

  private final class Upkeep implements Maintained {

    @Override
    public TitleKey key() {
      return title.key();
    }

    @Override
    public RangeTracker.Debt debt() {
      return tracker.debt();
    }

    @Override
    public void journal() throws IOException {
      tracker.queueRuns();
      TitleFiles open = files;
      if (open == null) {
        return;
      }
      try {
        open.journal().flush();
      } catch (IOException e) {
        StoreException _ = parts.health().failed(e);
        throw e;
      }
    }

    @Override
    public void checkpoint() {
      boolean _ = Checkpoint.run(Generation.this);
    }
  }

  private boolean isBehindEnd(long position) {
    OptionalLong total = total();
    return total.isPresent() && total.getAsLong() <= position;
  }

  private void fillHoles(ByteRange range, ByteBuffer data) throws IOException {
    TitleFiles open = title.filesOf(this);
    try {
      while (true) {
        RangeWrite work = tracker.claim(range).orElse(null);
        if (work == null) {
          break;
        }
        long from = work.range().start() - range.start();
        ByteBuffer part = data.slice(data.position() + (int) from, (int) work.range().length());
        fill(open, work, part);
      }
    } finally {
      retireIfLeft();
    }
    if (isComplete()) {
      parts.threads().checkpointSoon(upkeep);
    }
  }

  private void fill(TitleFiles open, RangeWrite work, ByteBuffer part) throws IOException {
    boolean written = false;
    try {
      open.media().write(part.duplicate(), work.range().start());
      written = true;
    } finally {
      if (!written) {
        tracker.abandon(work);
      }
    }
    work.run().add(part);
    boolean due =
        tracker.publish(
            work, parts.settings().progressFlushBytes(), MaintenanceThreads.FLUSH_NANOS);
    waiters.progress();
    if (due) {
      open.journal().flush();
    }
    parts.threads().written(upkeep);
  }
}
