package streamcache.settings;

import java.util.Locale;

/**
 * One line of the table of settings, which drives reading, {@code streamcache config} and the check
 * of the documentation.
 *
 * @param name as an environment variable
 * @param kind what it takes
 * @param standard the value when nobody sets it; words for people when {@code computed}
 * @param computed whether the value when nobody sets it follows from the machine
 * @param meaning one sentence without its full stop
 */
public record Setting<T>(
    String name, Kind<T> kind, String standard, boolean computed, String meaning) {

  static <T> Setting<T> of(String name, Kind<T> kind, String standard, String meaning) {
    return new Setting<>(name, kind, standard, /* computed= */ false, meaning);
  }

  static <T> Setting<T> computed(String name, Kind<T> kind, String words, String meaning) {
    return new Setting<>(name, kind, words, /* computed= */ true, meaning);
  }

  /** As a flag of the command line, {@code --kebab-case}. */
  public String flag() {
    return "--" + name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The name of the table for any spelling: a flag, a variable, a line of the file. */
  static String canonicalName(String written) {
    String name = written.strip();
    return (name.startsWith("--") ? name.substring(2) : name)
        .replace('-', '_')
        .toUpperCase(Locale.ROOT);
  }

  /**
   * The value as it may be shown: what looks like a secret by its name is masked, unless it only
   * names the file with the secret, and so is what stands before the at sign of a URL, and all
   * behind the host of one that may hold a token.
   */
  static String shown(String name, String value) {
    boolean isSecret = name.matches(".*(TOKEN|KEY|SECRET|PASSWORD)(_.*)?");
    if (isSecret && !(name.endsWith("_FILE") || name.equals("TLS_KEY"))) {
      return "****";
    }
    String shown = value.replaceAll("://[^/?#\\s]*@", "://****@");
    return name.equals("WEBHOOK_URL")
        ? shown.replaceAll("(://[^/?#\\s]*)[/?#].*", "$1/****")
        : shown;
  }
}
