package streamcache.durable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The real disk with faults on demand; tracks which files are open. */
public final class FaultyDisk implements Disk {
  private final Disk real;
  private volatile UnaryOperator<FileSystemAbilities> abilities = UnaryOperator.identity();
  private final Map<FileChannel, Path> opened = new ConcurrentHashMap<>();
  private volatile Before before = () -> {};
  private volatile Predicate<Path> refuses = _ -> false;
  private volatile String error = "";
  private volatile Predicate<Path> syncFails = _ -> false;
  private final Set<Path> synced = ConcurrentHashMap.newKeySet();
  private final Set<Thread> readers = ConcurrentHashMap.newKeySet();
  private final AtomicLong bytesWritten = new AtomicLong();
  private final AtomicInteger punches = new AtomicInteger();
  private final AtomicBoolean interrupts = new AtomicBoolean();
  private final AtomicReference<@Nullable Error> nextReadFails = new AtomicReference<>();

  public FaultyDisk(Disk real) {
    this.real = real;
  }

  /** The steps at which a thread can be stopped. */
  public enum Step {
    OPENING,
    WRITTEN,
    SYNCING,
    MOVING,
    PUNCHING,
    DELETING
  }

  private record Stop(Step step, Predicate<Path> files, Pause pause) {}

  private final AtomicReference<@Nullable Stop> stop = new AtomicReference<>();

  /** Stops the next thread that reaches the step with a matching file. */
  public Pause pause(Step step, Predicate<Path> files) {
    Pause pause = new Pause();
    stop.set(new Stop(step, files, pause));
    return pause;
  }

  /** Number of bytes written so far. */
  public long bytesWritten() {
    return bytesWritten.get();
  }

  /** Runs before a step on the disk; the step fails when this throws. */
  public interface Before {
    void run() throws IOException;
  }

  /** From now on, runs {@code action} before each step except opening for reading. */
  public void beforeEach(Before action) {
    before = action;
  }

  /** From now on, probes report the abilities that {@code pretended} returns. */
  public void pretend(UnaryOperator<FileSystemAbilities> pretended) {
    abilities = pretended;
  }

  /** From now on, creating matching files fails, and a write to one fails after half its bytes. */
  public void refuse(String message, Predicate<Path> files) {
    error = message;
    refuses = files;
  }

  public void failSyncs(boolean fail) {
    syncFails = _ -> fail;
  }

  public void failSyncs(Predicate<Path> files) {
    syncFails = files;
  }

  public void heal() {
    refuses = _ -> false;
    syncFails = _ -> false;
  }

  /** The next opening of a file for reading throws {@code error}. */
  public void failNextRead(Error error) {
    nextReadFails.set(error);
  }

  /** The next write is interrupted, which closes its channel. */
  public void interruptNextWrite() {
    interrupts.set(true);
  }

  /** Files synced so far, under the names they had then. */
  public Set<Path> synced() {
    return synced;
  }

  /** Threads that opened a file to read it. */
  public Set<Thread> readers() {
    return readers;
  }

  /** Number of times a hole was punched into a file. */
  public int punches() {
    return punches.get();
  }

  public List<Path> stillOpen() {
    return opened.entrySet().stream()
        .filter(entry -> entry.getKey().isOpen())
        .map(Map.Entry::getValue)
        .toList();
  }

  @Override
  public FileChannel open(Path file, OpenOption... options) throws IOException {
    if (List.of(options).equals(List.of(StandardOpenOption.READ))) {
      readers.add(Thread.currentThread());
      Error due = nextReadFails.getAndSet(null);
      if (due != null) {
        throw due;
      }
    } else {
      before.run();
    }
    if (List.of(options).contains(StandardOpenOption.CREATE_NEW)) {
      check(file);
    }
    if (List.of(options).equals(List.of(StandardOpenOption.WRITE))) {
      at(Step.OPENING, file);
    }
    FileChannel channel = real.open(file, options);
    opened.put(channel, file);
    return channel;
  }

  @Override
  public void write(FileChannel file, ByteBuffer data, long position) throws IOException {
    before.run();
    Path path = opened.get(file);
    if (interrupts.compareAndSet(true, false)) {
      Thread.currentThread().interrupt();
    }
    if (refuses.test(path)) {
      real.write(file, data.slice(data.position(), data.remaining() / 2), position);
      throw new IOException(error);
    }
    bytesWritten.addAndGet(data.remaining());
    real.write(file, data, position);
    at(Step.WRITTEN, path);
  }

  @Override
  public void truncate(FileChannel file, long size) throws IOException {
    before.run();
    real.truncate(file, size);
  }

  @Override
  public void sync(FileChannel file) throws IOException {
    before.run();
    at(Step.SYNCING, opened.get(file));
    if (syncFails.test(opened.get(file))) {
      throw new IOException("Input/output error");
    }
    real.sync(file);
    synced.add(opened.get(file));
  }

  @Override
  public void syncFolder(Path folder) throws IOException {
    before.run();
    real.syncFolder(folder);
  }

  @Override
  public boolean syncFileSystem(Path file) throws IOException {
    before.run();
    if (syncFails.test(file)) {
      throw new IOException("Input/output error");
    }
    return real.syncFileSystem(file);
  }

  @Override
  public void makeFolder(Path folder) throws IOException {
    before.run();
    check(folder);
    real.makeFolder(folder);
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    before.run();
    at(Step.MOVING, from);
    real.move(from, to);
    opened.replaceAll((_, path) -> path.equals(from) ? to : path);
  }

  @Override
  public void link(Path file, Path name) throws IOException {
    before.run();
    check(name);
    real.link(file, name);
  }

  @Override
  public void delete(Path file) throws IOException {
    before.run();
    at(Step.DELETING, file);
    real.delete(file);
  }

  @Override
  public boolean punch(Path file, long offset, long length) throws IOException {
    before.run();
    at(Step.PUNCHING, file);
    punches.incrementAndGet();
    return real.punch(file, offset, length);
  }

  @Override
  public FileSystemAbilities probe(Path folder) throws IOException {
    return abilities.apply(real.probe(folder));
  }

  private void at(Step step, Path file) {
    Stop due = stop.get();
    if (due != null
        && due.step() == step
        && due.files().test(file)
        && stop.compareAndSet(due, null)) {
      due.pause().here();
    }
  }

  private void check(Path file) throws IOException {
    if (refuses.test(file)) {
      throw new IOException(error);
    }
  }
}
