package streamcache.fill;

import java.util.OptionalLong;
import streamcache.origin.Failure;

/** The outcome of checking whether a provider still has the file of a complete title. */
public sealed interface Checked {

  /** The provider still has the file. */
  record Unchanged() implements Checked {}

  /** The provider has another file, which the next playback gets. */
  record Changed(OptionalLong before, OptionalLong after) implements Checked {}

  /** The check failed; the stored file is kept. */
  record Failed(Failure failure) implements Checked {}

  /**
   * The check did not run or did not complete: the account or all check threads were in use, or the
   * stored file was replaced meanwhile.
   */
  record Skipped() implements Checked {}
}
