package streamcache.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;

/** One version of a title's bytes. Safe for many readers and, on disjoint ranges, many writers. */
public final class Generation {

  /** Between two journal records of one writer; a kill loses at most this much. */
  static final long FLUSH_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final StoreParts parts;
  private final Title title;
  private final String id;
  private final long begun;
  private final Presence presence;
  private final Waiters waiters;
  private volatile GenerationFacts facts;
  private volatile boolean superseded;
  private volatile @Nullable Files files;

  /** Where the bytes are and who writes down which; absent while the disk takes nothing. */
  record Files(String name, Media media, Journal journal) {}

  Generation(StoreParts parts, Title title, String id, long begun, GenerationFacts facts) {
    this.parts = parts;
    this.title = title;
    this.id = id;
    this.begun = begun;
    this.facts = facts;
    this.presence = new Presence(parts.time(), title.account(), parts.abilities().footprint());
    this.waiters = new Waiters(parts.time());
  }

  public GenerationFacts facts() {
    return facts;
  }

  /** Whole length in bytes; empty while unknown. */
  public OptionalLong total() {
    return facts.total();
  }

  /** Our own strong ETag with quotes: the same from the first byte to after any restart. */
  public String etag() {
    return '"' + title.key().brief() + '-' + id + '"';
  }

  /** Epoch seconds when the generation began; for Age. */
  public long begun() {
    return begun;
  }

  /** What is present; a value, cheap, without a lock. */
  public RangeSet present() {
    return presence.present();
  }

  /** Whether the total is known and every byte present. */
  public boolean isComplete() {
    OptionalLong total = total();
    return total.isPresent() && present().covers(new ByteRange(0, total.getAsLong()));
  }

  /** Whether a newer generation has taken this one's place. */
  public boolean isSuperseded() {
    return superseded;
  }

  /** A hold on the bytes from {@code position} on; close it. */
  public Reader reader(long position) {
    Reader reader = new Reader(this, position);
    presence.add(reader);
    title.meter().opened(parts.time().now().getEpochSecond());
    return reader;
  }

  /**
   * Writes the bytes of {@code data} that are not yet present, publishes them and wakes whoever
   * waits. Blocks on the disk: platform threads only.
   *
   * @param offset of the first byte of {@code data} in the title
   * @param data is consumed, or left as it was when this throws; direct
   * @throws StoreException not all bytes are stored; none is published that is not
   */
  public void write(long offset, ByteBuffer data) throws StoreException {
    ByteRange range = ByteRange.ofLength(offset, data.remaining());
    RangeSet before = present();
    if (!before.covers(range)) {
      parts.health().gate();
      parts.room().ensure(presence.footprint().growth(before, range));
      try {
        fillHoles(range, data);
      } catch (IOException e) {
        throw parts.health().failed(e);
      }
      parts.health().succeeded();
    }
    data.position(data.limit());
  }

  /** The provider ended cleanly at {@code total}: the length is known from now on. */
  public void ended(long total) {
    title.learnTotal(this, total);
  }

  /**
   * Waits until the byte at {@code position} is present, the total becomes known to be at or below
   * it, {@code stop} says so (asked after each {@link #wake}), or no byte at all has been written
   * for {@code idle}. Parks; fit for virtual threads.
   *
   * @return end of the present run from {@code position}; {@code position} when the wait was in
   *     vain
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

  /** Makes every waiter ask its {@code stop} again. Never blocks for the disk. */
  public void wake() {
    waiters.tell();
  }

  /**
   * Whether {@code data} is what is stored from {@code offset} on; bytes that are gone by now or
   * cannot be read speak for nothing. Blocks on the disk: platform threads only.
   *
   * @param data is not consumed
   */
  public boolean agrees(long offset, ByteBuffer data) {
    return Comparison.agrees(this, offset, data.duplicate());
  }

  /** Makes holes of bytes that turned out to be of another file; no reader gets them any more. */
  public void withdraw(RangeSet bytes, String reason) {
    distrust(bytes, reason);
  }

  // From here on for the other parts of the store.

  String id() {
    return id;
  }

  Title title() {
    return title;
  }

  Presence presence() {
    return presence;
  }

  Optional<Files> files() {
    return Optional.ofNullable(files);
  }

  /** Takes up the files made or found for it; the title's pen is held. */
  void open(Files found, RangeSet bytes, RangeSet doubtful) {
    files = found;
    presence.open(found, bytes, doubtful);
  }

  /** The total is known; the title's pen is held, so that it reaches either block or journal. */
  void know(long total) {
    facts = facts.withTotal(total);
  }

  /** A newer generation has taken this one's place and its sidecar. */
  void supersede() {
    superseded = true;
    presence.forgetJournal();
    waiters.tell();
    retireIfLeft();
  }

  /** Where the bytes lie, for one reader; only once there is a byte. */
  Media.View view() {
    return Objects.requireNonNull(files, "there are bytes").media().view();
  }

  /** Bytes that were thought present are not: they are holes from now on, and somebody is told. */
  void distrust(RangeSet bad, String reason) {
    RangeSet lost = presence.distrust(bad);
    if (!lost.isEmpty()) {
      parts.chores().written(this);
      parts.distrust(title.key(), lost.size(), reason);
    }
  }

  /** Gives up all bytes for good unless somebody reads or writes; whether it did. */
  boolean giveUp() {
    if (!presence.close()) {
      return false;
    }
    superseded = true;
    presence.forgetJournal();
    waiters.tell();
    return true;
  }

  void leave(Reader reader) {
    presence.remove(reader);
    parts.chores().changed().add(title);
    retireIfLeft();
  }

  StoreParts parts() {
    return parts;
  }

  /** Closes the files; nobody reads or writes any more. Blocks on the disk. */
  void close() {
    Files open = files;
    if (open == null) {
      return;
    }
    try (Media _ = open.media();
        Journal journal = open.journal()) {
      journal.flushAll();
    } catch (IOException e) {
      StoreException _ = parts.health().failed(e);
    }
  }

  /**
   * Closes its files and deletes its bytes; nobody reads or writes any more. Blocks on the disk.
   */
  void delete() {
    close();
    Files gone = files;
    if (gone == null) {
      return;
    }
    try {
      gone.media().delete();
    } catch (IOException e) {
      // The trash is emptied at the next start.
      StoreException _ = parts.health().failed(e);
    }
  }

  /** Has a superseded generation deleted when nobody reads or writes any more. */
  void retireIfLeft() {
    if (superseded && presence.close()) {
      parts.chores().retire(this);
    }
  }

  private boolean isBehindEnd(long position) {
    OptionalLong total = total();
    return total.isPresent() && total.getAsLong() <= position;
  }

  private void fillHoles(ByteRange range, ByteBuffer data) throws IOException {
    Files open = title.filesOf(this);
    try {
      while (true) {
        Work work = presence.claim(range).orElse(null);
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
      parts.chores().checkpointSoon(this);
    }
  }

  private void fill(Files open, Work work, ByteBuffer part) throws IOException {
    boolean written = false;
    try {
      open.media().write(part.duplicate(), work.range().start());
      written = true;
    } finally {
      if (!written) {
        presence.abandon(work);
      }
    }
    work.run().add(part);
    boolean due = presence.publish(work, parts.settings().progressFlushBytes(), FLUSH_NANOS);
    waiters.progress();
    if (due) {
      open.journal().flush();
    }
    parts.chores().written(this);
  }
}
