package streamcache.seerr;

/** Where a case stands. */
enum State {
  /** It has failed, but not often enough. */
  FAILING("failing", /* isQueued= */ false),
  /** To be told. */
  REPORTING("to be told", /* isQueued= */ true),
  /** To be told that it plays again. */
  RESOLVING("to be resolved", /* isQueued= */ true),
  /** It was told, or somebody else had told already. */
  DONE("done", /* isQueued= */ false),
  /** It would have been told if this were no dry run. */
  WOULD("dry run", /* isQueued= */ false),
  /** It will not be told. */
  REFUSED("refused", /* isQueued= */ false),
  /** The operator does not want it told. */
  DROPPED("dropped", /* isQueued= */ false),
  /** It plays again. */
  CLOSED("plays again", /* isQueued= */ false);

  private final String words;
  private final boolean isQueued;

  State(String words, boolean isQueued) {
    this.words = words;
    this.isQueued = isQueued;
  }

  /** For people. */
  String words() {
    return words;
  }

  /** Whether there is something to be done, now or later. */
  boolean isQueued() {
    return isQueued;
  }
}
