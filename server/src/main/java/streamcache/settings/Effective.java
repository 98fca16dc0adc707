package streamcache.settings;

import java.util.Optional;

/**
 * A setting as it stands after the start.
 *
 * @param value as written; empty when it is worked out later, as the setting's words say
 * @param where it comes from
 */
public record Effective(Setting<?> setting, Optional<String> value, String where) {

  /** A line that {@code streamcache.conf} takes, secrets masked. */
  public String line() {
    if (value.isEmpty()) {
      return "# " + setting.name() + " is " + setting.standard();
    }
    String shown = Setting.shown(setting.name(), value.get());
    boolean needsQuotes = shown.contains("#") || shown.contains("'");
    return setting.name() + "=" + (needsQuotes ? "\"" + shown + "\"" : shown) + "  # " + where;
  }

  /** The value may be a secret. */
  @Override
  public String toString() {
    return line();
  }
}
