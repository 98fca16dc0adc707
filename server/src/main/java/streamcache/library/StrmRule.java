package streamcache.library;

/** Decides what happens to a {@code .strm} file. Pure; any thread. */
@FunctionalInterface
public interface StrmRule {

  /**
   * Decides by what players open.
   *
   * @param target the line that players open
   * @param title the name of the file without its extension
   */
  StrmDecision decide(String target, String title);
}
