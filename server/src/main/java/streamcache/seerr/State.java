package streamcache.seerr;

/** The state of a case. */
enum State {
  /** The title has failed, but not often enough. */
  FAILING("failing", /* isQueued= */ false),
  /** To be reported or requested. */
  REPORTING("to be reported", /* isQueued= */ true),
  /** The title plays again; its issue is to be resolved. */
  RESOLVING("to be resolved", /* isQueued= */ true),
  /** The title was reported or requested, by this server or by somebody else. */
  DONE("done", /* isQueued= */ false),
  /** The title would have been reported or requested without dry-run mode. */
  WOULD("dry run", /* isQueued= */ false),
  /** The title will not be reported. */
  REFUSED("refused", /* isQueued= */ false),
  /** The operator does not want the title reported. */
  DROPPED("dropped", /* isQueued= */ false),
  /** The title plays again. */
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

  /** Whether something remains to be done, now or later. */
  boolean isQueued() {
    return isQueued;
  }
}
