package streamcache.catalog;

/** An import cannot go on; the message is a sentence for the person who started it. */
public final class LibraryException extends Exception {

  private static final long serialVersionUID = 1L;

  public LibraryException(String sentence) {
    super(sentence);
  }
}
