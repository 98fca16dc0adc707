package streamcache.store;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.SPARSE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import streamcache.event.Event;
import streamcache.link.TitleKey;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;
import streamcache.settings.EvictionPolicy;
import streamcache.settings.StoreSettings;

/** What tests of the store share: settings, keys, and bytes that depend on their offset. */
final class StoreRig {
  static final TitleKey KEY = new TitleKey("abcdefghijklmnopqrstuvwxyz");
  static final Duration LONG = Duration.ofSeconds(30);
  static final int MIB = 1 << 20;
  private static final byte[] ZEROS = new byte[4096];

  private StoreRig() {}

  static TitleKey key(int number) {
    String digits = "abcdefghij";
    StringBuilder text = new StringBuilder();
    for (char c : "%026d".formatted(number).toCharArray()) {
      text.append(digits.charAt(c - '0'));
    }
    return new TitleKey(text.reverse().toString());
  }

  static StoreSettings settings(Path folder) {
    return settings(folder, 1L << 30);
  }

  static StoreSettings settings(Path folder, long maxBytes) {
    return new StoreSettings(
        folder,
        OptionalLong.of(maxBytes),
        OptionalLong.empty(),
        /* minFreeBytes= */ 0,
        Duration.ofMinutes(1),
        /* progressFlushBytes= */ 256 << 10,
        EvictionPolicy.HEADS);
  }

  static GenerationFacts facts(long total) {
    return facts(total < 0 ? OptionalLong.empty() : OptionalLong.of(total));
  }

  private static GenerationFacts facts(OptionalLong total) {
    return new GenerationFacts(
        total,
        Optional.of("\"v1\""),
        Optional.of("Tue, 01 Jan 2030 00:00:00 GMT"),
        "video/x-matroska",
        Optional.empty(),
        "Movie (2020).mkv",
        "host|user",
        "cdn.example",
        Optional.empty());
  }

  /** The byte that belongs at {@code offset}. */
  static byte byteAt(long offset) {
    long mixed = (offset + 1) * 0x9E3779B97F4A7C15L;
    return (byte) (mixed >>> 56);
  }

  static ByteBuffer bytes(long offset, int length) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(length);
    for (int i = 0; i < length; i++) {
      buffer.put(byteAt(offset + i));
    }
    return buffer.flip();
  }

  static void write(Generation generation, long offset, int length) throws StoreException {
    generation.write(offset, bytes(offset, length));
  }

  /** A film of four mebibytes, synced and sealed. */
  static Generation completeFilm(Title title) throws Exception {
    Generation generation = title.begin(facts(4 * MIB));
    write(generation, 0, 4 * MIB);
    Stores.onKeeper(title, () -> {}); // Runs after the checkpoint that completes it.
    return generation;
  }

  /** Writes one mebibyte at a time from the start until the store refuses; returns that offset. */
  static long writeUntilRefused(Generation generation) {
    for (long at = 0; ; at += MIB) {
      try {
        write(generation, at, MIB);
      } catch (StoreException e) {
        return at;
      }
    }
  }

  /** The bytes as a reader gets them; fails when one is absent. */
  static byte[] read(Generation generation, long offset, int length) {
    ByteBuffer into = ByteBuffer.allocate(length);
    try (Reader reader = generation.reader(offset)) {
      while (into.hasRemaining()) {
        Extent extent = reader.at(offset + into.position(), into.remaining()).orElseThrow();
        ByteBuffer part = into.slice(into.position(), (int) extent.length());
        while (part.hasRemaining()) {
          if (extent.file().read(part, extent.from() + part.position()) < 0) {
            throw new AssertionError("file ends inside an extent");
          }
        }
        into.position(into.position() + part.position());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return into.array();
  }

  /** Checks that each present byte is correct; returns their number. */
  static long checkAll(Generation generation) {
    return checkAll(generation, /* shift= */ 0);
  }

  /** The same for a film whose bytes are shifted by {@code shift}. */
  static long checkAll(Generation generation, long shift) {
    long checked = 0;
    for (ByteRange range : generation.present().ranges()) {
      byte[] found = read(generation, range.start(), (int) range.length());
      for (int i = 0; i < found.length; i++) {
        if (found[i] != byteAt(shift + range.start() + i)) {
          throw new AssertionError("wrong byte at " + (range.start() + i) + " of " + range);
        }
      }
      checked += range.length();
    }
    return checked;
  }

  /** The file of a generation that is stored in a single file. */
  static Path file(Generation generation) {
    return ((MediaFile) generation.files().orElseThrow().media()).path();
  }

  /** Gives bytes up on the thread that does so in production. */
  static long punch(Generation generation, RangeSet wanted) throws Exception {
    CompletableFuture<Long> freed = new CompletableFuture<>();
    generation
        .parts()
        .threads()
        .keeper()
        .execute(() -> {
          try {
            freed.complete(Eviction.shrink(generation, wanted));
          } catch (IOException e) {
            freed.completeExceptionally(e);
          }
        });
    return freed.get(30, TimeUnit.SECONDS);
  }

  /** Waits until the listener has received all events published so far. */
  static void published(Title title) throws Exception {
    Executor publisher = title.generation().orElseThrow().parts().threads().publisher();
    CompletableFuture.runAsync(() -> {}, publisher).get(30, TimeUnit.SECONDS);
  }

  /** Copies the folder as a kill at this moment would leave it. */
  static Path killed(Path folder, Path copy) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path from : all.toList()) {
        Path to = copy.resolve(folder.relativize(from).toString());
        if (Files.isDirectory(from)) {
          Files.createDirectories(to);
        } else {
          copy(from, to);
        }
      }
    }
    return copy;
  }

  /** Leaves out blocks of zeros, which were never written or were given up. */
  private static void copy(Path from, Path to) throws IOException {
    byte[] bytes = Files.readAllBytes(from);
    try (FileChannel file = FileChannel.open(to, CREATE_NEW, WRITE, SPARSE)) {
      for (int at = 0; at < bytes.length; at += 4096) {
        int end = Math.min(bytes.length, at + 4096);
        if (end == bytes.length || !Arrays.equals(bytes, at, end, ZEROS, 0, end - at)) {
          file.write(ByteBuffer.wrap(bytes, at, end - at), at);
        }
      }
    }
  }

  /** Records what the store reports. */
  static final class Ear implements Consumer<Event> {
    final List<String> heard = new CopyOnWriteArrayList<>();
    final CountDownLatch failed = new CountDownLatch(1);
    final CountDownLatch recovered = new CountDownLatch(1);

    @Override
    public void accept(Event event) {
      switch ((StoreEvent) event) {
        case StoreEvent.Evicted evicted -> heard.add("evicted " + evicted.bytes());
        case StoreEvent.Failed failed -> {
          heard.add("failed " + failed.cause());
          this.failed.countDown();
        }
        case StoreEvent.Recovered _ -> {
          heard.add("recovered");
          recovered.countDown();
        }
        case StoreEvent.AtLimit _ -> heard.add("at limit");
        case StoreEvent.Invalidated invalidated ->
            heard.add("invalidated " + invalidated.bytes() + " " + invalidated.reason());
      }
    }
  }
}
