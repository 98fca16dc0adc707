package streamcache.event;

import org.slf4j.MDC;

/**
 * The id of the request that the current thread works for. The log adds it to each line that the
 * thread writes. A thread that works for another one carries the mark on itself. Any thread.
 */
public final class RequestMark {

  /** Its key in lines of the log. */
  public static final String KEY = "request";

  private RequestMark() {}

  /** The id; empty if the thread works for no request, or for all. */
  public static String current() {
    String id = MDC.get(KEY);
    return id == null ? "" : id;
  }

  /**
   * Runs something for a request, and restores the mark before.
   *
   * @param id empty for no request
   */
  public static void during(String id, Runnable work) {
    String before = current();
    mark(id);
    try {
      work.run();
    } finally {
      mark(before);
    }
  }

  /** The same work, to be run by another thread for the request of this one. */
  public static Runnable carried(Runnable work) {
    String id = current();
    return () -> during(id, work);
  }

  private static void mark(String id) {
    if (id.isEmpty()) {
      MDC.remove(KEY);
    } else {
      MDC.put(KEY, id);
    }
  }
}
