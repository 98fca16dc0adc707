package streamcache.settings;

/** A setting that cannot be changed while the server runs; the message says why and what to do. */
public final class FixedSettingException extends Exception {

  private static final long serialVersionUID = 1L;

  FixedSettingException(String sentence) {
    super(sentence);
  }

  /** Why it cannot be changed, and what to do. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
