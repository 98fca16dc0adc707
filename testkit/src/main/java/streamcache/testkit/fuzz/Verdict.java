package streamcache.testkit.fuzz;

/**
 * What has to come of one request.
 *
 * @param isServed whether it is passed on to be answered; refused by the listener otherwise
 * @param method as written, empty when it cannot be told
 * @param target path and query of a request that is served, empty otherwise
 * @param keepsAlive whether the connection is good for another one
 */
public record Verdict(boolean isServed, String method, String target, boolean keepsAlive) {

  static Verdict served(String method, String target, boolean keepsAlive) {
    return new Verdict(true, method, target, keepsAlive);
  }

  static Verdict refused(String method, boolean keepsAlive) {
    return new Verdict(false, method, "", keepsAlive);
  }
}
