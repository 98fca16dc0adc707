package streamcache.settings;

import java.util.Optional;

/**
 * The value of a setting after the start.
 *
 * @param value as written; empty if it is computed later, as {@code setting.standard()} describes
 * @param where its source
 */
public record Effective(Setting<?> setting, Optional<String> value, String where) {

  /** The value with secrets masked. */
  public Optional<String> shown() {
    return value.map(written -> Setting.shown(setting.name(), written));
  }

  /** A line that {@code streamcache.conf} accepts, with secrets masked. */
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
