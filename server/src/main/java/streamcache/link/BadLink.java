package streamcache.link;

/** Thrown when a link cannot be used. The message is a sentence for the person who made it. */
public final class BadLink extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * @param sentence says what is wrong and what to do; quotes nothing from the link
   */
  public BadLink(String sentence) {
    super(sentence);
  }
}
