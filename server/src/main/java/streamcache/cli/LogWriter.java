package streamcache.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;
import streamcache.event.RequestMark;

/**
 * Writes the log on its own thread, in batches of all the lines that are queued. A request never
 * waits for the reader of the log: while the reader is stuck, lines beyond the queue are dropped
 * and counted, and the number is logged afterwards. (Logback's own asynchronous appender writes
 * line by line.)
 */
final class LogWriter extends UnsynchronizedAppenderBase<ILoggingEvent> {

  /** Some seconds of the busiest log observed; a few MiB when full. */
  private static final int MOST_QUEUED = 8192;

  private static final int BUFFER_BYTES = 64 << 10;

  /**
   * Lets lines accumulate between two writes: to wake this thread costs a request as much as its
   * line does (at 64 KiB a request, 3 of 34 us).
   */
  private static final Duration GATHERING = Duration.ofMillis(20);

  /** How long writing the last lines may take when the process stops. */
  private static final long STOP_MILLIS = 2000;

  private final Encoder<ILoggingEvent> encoder;
  private final OutputStream out;
  private final BlockingQueue<ILoggingEvent> queue = new ArrayBlockingQueue<>(MOST_QUEUED);
  private final AtomicLong lost = new AtomicLong();
  private final Thread thread = Thread.ofPlatform().name("log").daemon().unstarted(this::run);
  private final CountDownLatch stopping = new CountDownLatch(1);

  /**
   * @param encoder started by the caller
   * @param out flushed, never closed
   */
  LogWriter(Encoder<ILoggingEvent> encoder, OutputStream out) {
    this.encoder = encoder;
    this.out = new BufferedOutputStream(out, BUFFER_BYTES);
  }

  @Override
  public void start() {
    super.start();
    thread.start();
  }

  @Override
  protected void append(ILoggingEvent event) {
    event.prepareForDeferredProcessing();
    mark(event);
    if (!queue.offer(event)) {
      lost.incrementAndGet();
    }
  }

  /** Names the request that the calling thread works for, unless the event says which. */
  private static void mark(ILoggingEvent event) {
    String request = RequestMark.current();
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    boolean isNamed =
        pairs != null && pairs.stream().anyMatch(pair -> pair.key.equals(RequestMark.KEY));
    if (!request.isEmpty() && !isNamed && event instanceof LoggingEvent own) {
      own.addKeyValuePair(new KeyValuePair(RequestMark.KEY, request));
    }
  }

  /** Writes what is queued, but gives up if the reader is stuck for too long. */
  @Override
  public void stop() {
    super.stop();
    stopping.countDown();
    thread.interrupt();
    try {
      thread.join(STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (stopping.getCount() > 0) {
      try {
        write(queue.take());
        boolean _ = stopping.await(GATHERING.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException _) {
        // Only stop interrupts; what is still queued is written below.
      }
    }
    write(queue.poll());
  }

  private void write(@Nullable ILoggingEvent first) {
    try {
      for (ILoggingEvent event = first; event != null; event = queue.poll()) {
        out.write(encoder.encode(event));
      }
      long missing = lost.getAndSet(0);
      if (missing > 0) {
        out.write(encoder.encode(loss(missing)));
      }
      out.flush();
    } catch (IOException e) {
      addError("the log cannot be written", e);
    }
  }

  private ILoggingEvent loss(long lines) {
    LoggingEvent event = new LoggingEvent();
    event.setLoggerContext((LoggerContext) getContext());
    event.setLoggerName("log");
    event.setLevel(Level.WARN);
    event.setMessage("log-lines-lost");
    event.setInstant(Instant.now());
    event.addKeyValuePair(new KeyValuePair("lines", lines));
    return event;
  }
}
