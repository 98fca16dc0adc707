package streamcache.settings;

import java.util.Locale;

/**
 * One row of the table of settings, which drives parsing, {@code streamcache config} and the check
 * of the documentation.
 *
 * @param name as an environment variable
 * @param kind the type of its value
 * @param standard the default value; a description for people if {@code computed}
 * @param computed whether the default value is computed at run time
 * @param meaning one sentence without its full stop
 */
public record Setting<T>(
    String name, ValueType<T> kind, String standard, boolean computed, String meaning) {

  static <T> Setting<T> of(String name, ValueType<T> kind, String standard, String meaning) {
    return new Setting<>(name, kind, standard, /* computed= */ false, meaning);
  }

  static <T> Setting<T> computed(String name, ValueType<T> kind, String words, String meaning) {
    return new Setting<>(name, kind, words, /* computed= */ true, meaning);
  }

  /** The default value, unless that is computed. */
  T usual() {
    return kind.parse(standard).orElseThrow();
  }

  /** As a flag on the command line, {@code --kebab-case}. */
  public String flag() {
    return "--" + name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The name in the table for any spelling: a flag, a variable, a line of the file. */
  static String canonicalName(String written) {
    String name = written.strip();
    return (name.startsWith("--") ? name.substring(2) : name)
        .replace('-', '_')
        .toUpperCase(Locale.ROOT);
  }

  /**
   * The value with secrets masked: the whole value if the name says that it is a secret, unless it
   * only names the file with the secret; also the userinfo of a URL, and everything after the host
   * of a URL that may contain a token.
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
