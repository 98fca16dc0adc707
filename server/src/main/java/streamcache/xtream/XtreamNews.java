package streamcache.xtream;

import java.util.function.Consumer;

/** Receives what an import tells while it runs: a sentence for each step and each wait. */
@FunctionalInterface
public interface XtreamNews extends Consumer<String> {

  /** Of {@code all} series, {@code done} are done. */
  default void series(long done, long all) {}
}
