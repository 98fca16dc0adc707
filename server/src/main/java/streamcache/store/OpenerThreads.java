package streamcache.store;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import streamcache.event.RequestMark;

/**
 * The threads that open files for callers that must not wait for the disk themselves; their lines
 * of the log name the request of the caller. Owned by the store, which closes them.
 */
final class OpenerThreads extends ThreadPoolExecutor {

  private static final int COUNT = 4;

  OpenerThreads() {
    super(
        COUNT,
        COUNT,
        0,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        Thread.ofPlatform().name("store-open-", 0).daemon().factory());
  }

  @Override
  public void execute(Runnable work) {
    super.execute(RequestMark.carried(work));
  }
}
