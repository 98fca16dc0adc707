package streamcache.settings;

import java.util.List;

/** The settings do not allow a start; the message contains one sentence for each error. */
public final class SettingsException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  SettingsException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    this.problems = List.copyOf(problems);
  }

  /** All errors, not only the first. */
  public List<String> problems() {
    return problems;
  }
}
