package streamcache.library;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import streamcache.durable.Disk;
import streamcache.durable.FileRewrite;
import streamcache.durable.UserFile;
import streamcache.library.StrmDecision.Changed;
import streamcache.library.StrmDecision.Left;

/**
 * Applies a rule to {@code .strm} files, in batches: the new contents of a batch are written beside
 * the files, made durable together, and put in place. A kill at any moment leaves each file as it
 * was or as it should be. Blocks; used by one thread, closed by its owner.
 */
public final class StrmRun implements AutoCloseable {

  /** Syncing a file system costs about as much as syncing one file. */
  private static final int BATCH = 2048;

  private static final int MOST_BYTES = 128 * 1024;

  private final StrmRule rule;
  private final Disk disk;
  private final boolean writes;
  private final Consumer<StrmResult> results;
  private final int threadCount;
  private final ExecutorService threads;

  /**
   * @param writes false: nothing is written, and results say what would happen
   * @param results receives the result of every file, on the caller's thread
   * @param threads how many files are read and written at once
   */
  public StrmRun(
      StrmRule rule, Disk disk, boolean writes, Consumer<StrmResult> results, int threads) {
    this.rule = rule;
    this.disk = disk;
    this.writes = writes;
    this.results = results;
    this.threadCount = threads;
    this.threads =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("strm-", 0).factory());
  }

  /** A file whose new content is written beside it, or whose result is known. */
  private record Step(Path file, StrmDecision decision, @Nullable FileRewrite rewrite) {}

  /**
   * Applies the rule to all files below a folder.
   *
   * @param isStopping whether to end early, between two files
   */
  public void tree(Path folder, BooleanSupplier isStopping) throws IOException {
    List<Path> batch = new ArrayList<>();
    StrmTree.walk(
        folder,
        new StrmTree.Visitor() {
          @Override
          public void file(Path file) throws IOException {
            batch.add(file);
            if (batch.size() >= BATCH) {
              files(batch);
              batch.clear();
            }
          }

          @Override
          public void draft(Path file) {
            if (writes) {
              remove(file);
            }
          }

          @Override
          public void result(StrmResult result) {
            results.accept(result);
          }
        },
        isStopping);
    files(batch);
  }

  /** A file that cannot be removed does not stop the run. */
  private void remove(Path draft) {
    try {
      disk.delete(draft);
    } catch (IOException e) {
      results.accept(new StrmResult(draft, StrmFailure.write(e)));
    }
  }

  /** Applies the rule to some files. */
  public void files(List<Path> files) throws IOException {
    List<Step> steps = each(files, this::prepare);
    List<FileRewrite> rewrites = new ArrayList<>();
    for (Step step : steps) {
      if (step.rewrite() != null) {
        rewrites.add(step.rewrite());
      }
    }
    try {
      FileRewrite.sync(rewrites);
    } catch (IOException e) {
      for (FileRewrite rewrite : rewrites) {
        rewrite.close();
      }
      throw e;
    }
    each(steps, StrmRun::commit).forEach(results);
  }

  private Step prepare(Path file) {
    try {
      UserFile read = UserFile.read(file, MOST_BYTES);
      if (read.size() > MOST_BYTES) {
        return done(file, new Left(LeftAlone.TOO_LARGE));
      }
      Optional<StrmText> text = StrmText.parse(read.content());
      if (text.isEmpty()) {
        return done(file, new Left(LeftAlone.EMPTY));
      }
      StrmDecision decision = decide(file, text.get());
      return writes && decision instanceof Changed changed
          ? write(read, text.get(), changed)
          : done(file, decision);
    } catch (CharacterCodingException e) {
      return done(file, new Left(LeftAlone.NOT_TEXT));
    } catch (IOException e) {
      return done(file, StrmFailure.read(e));
    }
  }

  private static Step done(Path file, StrmDecision decision) {
    return new Step(file, decision, null);
  }

  private StrmDecision decide(Path file, StrmText text) {
    String name = file.getFileName().toString();
    return rule.decide(text.target(), name.substring(0, name.length() - ".strm".length()));
  }

  private Step write(UserFile file, StrmText text, Changed changed) {
    try {
      byte[] content = text.with(changed.target());
      return new Step(file.path(), changed, FileRewrite.prepare(disk, file, content));
    } catch (IOException e) {
      return done(file.path(), StrmFailure.write(e));
    }
  }

  private static StrmResult commit(Step step) {
    if (step.rewrite() == null) {
      return new StrmResult(step.file(), step.decision());
    }
    try (FileRewrite rewrite = step.rewrite()) {
      boolean isDone = rewrite.commit();
      return new StrmResult(step.file(), isDone ? step.decision() : new Left(LeftAlone.CHANGING));
    } catch (IOException e) {
      return new StrmResult(step.file(), StrmFailure.write(e));
    }
  }

  private interface Work<A, B> {
    B on(A item);
  }

  /** Applies {@code work} to all items, a slice a thread; the results are in their order. */
  private <A, B> List<B> each(List<A> items, Work<A, B> work) {
    int slice = Math.max(1, Math.ceilDiv(items.size(), threadCount));
    List<Future<List<B>>> futures = new ArrayList<>();
    for (int from = 0; from < items.size(); from += slice) {
      List<A> part = items.subList(from, Math.min(items.size(), from + slice));
      futures.add(threads.submit(() -> part.stream().map(work::on).toList()));
    }
    return futures.stream().map(StrmRun::get).flatMap(List::stream).toList();
  }

  private static <B> B get(Future<B> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while files were written", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a file could not be processed", e.getCause());
    }
  }

  /** Ends its threads. */
  @Override
  public void close() {
    threads.close();
  }
}
