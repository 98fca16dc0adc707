package streamcache.xtream;

/** A panel did not give what was asked for. The message contains no secret. */
final class PanelException extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean isFinal;

  private PanelException(String words, boolean isFinal) {
    super(words);
    this.isFinal = isFinal;
  }

  /** It may give it when asked again; worded to follow "because". */
  static PanelException passing(String reason) {
    return new PanelException(reason, /* isFinal= */ false);
  }

  /** It gives nothing until somebody changes something, as the sentence says. */
  static PanelException refused(String sentence) {
    return new PanelException(sentence, /* isFinal= */ true);
  }

  /** Whether asking again is useless. */
  boolean isFinal() {
    return isFinal;
  }
}
