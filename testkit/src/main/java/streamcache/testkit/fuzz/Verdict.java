package streamcache.testkit.fuzz;

/**
 * The required outcome of one request.
 *
 * @param isServed whether it is passed on to be answered; refused by the listener otherwise
 * @param method as written, empty if it cannot be determined
 * @param target path and query of a request that is served, empty otherwise
 * @param keepsAlive whether the connection can be used for another request
 */
public record Verdict(boolean isServed, String method, String target, boolean keepsAlive) {

  static Verdict served(String method, String target, boolean keepsAlive) {
    return new Verdict(true, method, target, keepsAlive);
  }

  static Verdict refused(String method, boolean keepsAlive) {
    return new Verdict(false, method, "", keepsAlive);
  }
}
