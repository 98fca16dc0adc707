package streamcache.link;

/** What stands in a link cannot be used; the message is a sentence for the person who made it. */
public final class BadLink extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * @param sentence says what is wrong and what to do; holds nothing of the link
   */
  public BadLink(String sentence) {
    super(sentence);
  }
}
