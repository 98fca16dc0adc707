package streamcache.http;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The single timer of a connection. Moving it to a later time, which happens several times a
 * request, costs nothing: the task stays in the event loop's queue and checks the time again when
 * it runs. Event loop only.
 */
final class Alarm {

  private final EventLoop loop;
  private final Runnable action;
  private boolean set;
  private long at;
  private @Nullable Future<?> task;
  private long taskAt;
  private boolean ended;

  Alarm(EventLoop loop, Runnable action) {
    this.loop = loop;
    this.action = action;
  }

  /** Sets the timer; replaces the time set before. */
  void in(Duration time) {
    set = true;
    at = System.nanoTime() + time.toNanos();
    schedule();
  }

  void off() {
    set = false;
  }

  /** Stops the timer permanently. */
  void end() {
    set = false;
    ended = true;
    if (task != null) {
      task.cancel(false);
      task = null;
    }
  }

  private void schedule() {
    if (ended || (task != null && taskAt - at <= 0)) {
      return;
    }
    if (task != null) {
      task.cancel(false);
    }
    taskAt = at;
    task = loop.schedule(this::ring, at - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  private void ring() {
    task = null;
    if (!set) {
      return;
    }
    if (System.nanoTime() - at < 0) {
      schedule();
      return;
    }
    set = false;
    action.run();
  }
}
