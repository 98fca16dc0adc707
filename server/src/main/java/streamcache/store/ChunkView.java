package streamcache.store;

import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import streamcache.durable.Disk;
import streamcache.store.Footprint.Chunked;

/** One reader's view of chunks: keeps its current chunk open in a channel of its own. */
final class ChunkView implements Media.View {
  private final MediaChunks media;
  private final Disk disk;
  private final Executor openers;
  private long index = -1;
  private int deletions;
  private @Nullable FileChannel channel;

  ChunkView(MediaChunks media, Disk disk, Executor openers) {
    this.media = media;
    this.disk = disk;
    this.openers = openers;
  }

  @Override
  public Optional<Extent> extent(long from, long to) {
    Chunked chunks = media.footprint();
    if (from < chunks.base()) {
      return media.base().view().extent(from, reach(from, to));
    }
    long at = chunks.index(from);
    long start = chunks.start(at);
    return open(at).map(file -> new Extent(file, from - start, reach(from, to) - start));
  }

  @Override
  public long reach(long from, long to) {
    return Math.min(to, media.fileEnd(from));
  }

  @Override
  public void close() {
    FileChannel open = channel;
    channel = null;
    if (open == null) {
      return;
    }
    try {
      open.close();
    } catch (IOException _) {
      // The channel was only read.
    }
  }

  private Optional<FileChannel> open(long wanted) {
    // Read before the file is opened, so that the next call notices any later deletion.
    int now = media.deletions();
    if (channel == null || index != wanted || deletions != now) {
      close();
      index = wanted;
      deletions = now;
      channel = opened(wanted).orElse(null);
    }
    return Optional.ofNullable(channel);
  }

  /** Opens the chunk on a thread that may wait for the disk. */
  private Optional<FileChannel> opened(long wanted) {
    try {
      return Optional.of(
          Thread.currentThread().isVirtual()
              ? CompletableFuture.supplyAsync(() -> openNow(wanted), openers).join()
              : openNow(wanted));
    } catch (UncheckedIOException | CompletionException | RejectedExecutionException _) {
      return Optional.empty();
    }
  }

  private FileChannel openNow(long wanted) {
    try {
      return openOrForget(wanted);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private FileChannel openOrForget(long wanted) throws IOException {
    try {
      return disk.open(media.folder().file(wanted), READ);
    } catch (NoSuchFileException e) {
      media.forget(wanted);
      throw e;
    }
  }
}
