package streamcache.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import streamcache.admin.LogLevel;

/**
 * The level of our own loggers while the server runs. Those of libraries keep theirs. The lock is
 * held for the changes of a few fields; any thread.
 */
final class RunningLogLevel implements LogLevel, AutoCloseable {

  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger("streamcache");

  private final LongSupplier nanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Logger, Optional<Level>> configured = new HashMap<>();
  private final String usual;

  /** Guarded by the lock: when the configured level returns, and which change that ends. */
  private @Nullable Long until;

  private long changes;

  /**
   * @param nanos the monotonic clock
   */
  RunningLogLevel(LongSupplier nanos) {
    this.nanos = nanos;
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    for (String name : Logging.OWN) {
      Logger logger = context.getLogger(name);
      configured.put(logger, Optional.ofNullable(logger.getLevel()));
    }
    this.usual = now();
  }

  @Override
  public String now() {
    Logger own = (Logger) LoggerFactory.getLogger("streamcache");
    return own.getEffectiveLevel().toString().toLowerCase(Locale.ROOT);
  }

  @Override
  public String configured() {
    return usual;
  }

  @Override
  public Optional<Duration> rest() {
    lock.lock();
    try {
      return Optional.ofNullable(until)
          .map(end -> Duration.ofNanos(Math.max(0, end - nanos.getAsLong())));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void set(String level, Optional<Duration> time) {
    long own;
    lock.lock();
    try {
      changes++;
      own = changes;
      until = time.map(each -> nanos.getAsLong() + each.toNanos()).orElse(null);
      configured.keySet().forEach(logger -> logger.setLevel(Level.toLevel(level)));
    } finally {
      lock.unlock();
    }
    LOG.warn("event=log-level level={}", level);
    time.ifPresent(each -> {
      var _ =
          CompletableFuture.runAsync(
              () -> end(own),
              CompletableFuture.delayedExecutor(each.toMillis(), TimeUnit.MILLISECONDS));
    });
  }

  /** The time of a change is over, unless another change has followed. */
  private void end(long change) {
    lock.lock();
    try {
      if (changes == change) {
        restore();
      }
    } finally {
      lock.unlock();
    }
  }

  private void restore() {
    until = null;
    configured.forEach((logger, level) -> logger.setLevel(level.orElse(null)));
  }

  /** The configured level returns; nothing changes it afterwards. */
  @Override
  public void close() {
    lock.lock();
    try {
      changes++;
      restore();
    } finally {
      lock.unlock();
    }
  }
}
