package streamcache.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import streamcache.settings.Effective;
import streamcache.settings.Settings;
import streamcache.settings.SettingsException;
import tools.jackson.databind.JsonNode;

/**
 * The settings that a running server has, as its API tells them: with secrets masked, which the
 * command knows from its own sources or not at all.
 *
 * @param answer of {@code /api/v1/settings}
 */
record ServedSettings(JsonNode answer) {

  private static final String MASK = "****";
  private static final String FILE = "streamcache.conf";
  private static final String BY_DEFAULT = "default";

  /** A setting of the server; the value is empty if it is computed. */
  private record Row(String name, Optional<String> value, String from) {

    boolean isMasked() {
      return value.filter(text -> text.contains(MASK)).isPresent();
    }

    /** Files of a server in a container may be elsewhere here. */
    boolean isHere() {
      return value.filter(text -> text.startsWith("/") && Files.notExists(Path.of(text))).isEmpty();
    }
  }

  private List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (JsonNode row : answer.path("settings")) {
      rows.add(
          new Row(
              row.path("name").asString(""),
              row.path("value").asStringOpt(),
              row.path("from").asString("")));
    }
    return rows;
  }

  /**
   * The settings of the server in place of those of the command, except where the command was given
   * a flag.
   *
   * @param own what the command would go by
   */
  Settings over(Settings own, Map<String, String> flags, Map<String, String> environment) {
    Map<String, String> values = new HashMap<>();
    Map<String, String> variables = new HashMap<>(environment);
    for (Row row : rows()) {
      if (!row.isMasked() && row.isHere()) {
        variables.remove(row.name());
        row.value().ifPresent(value -> values.put(row.name(), value));
      }
    }
    flags.forEach((flag, value) -> values.put(name(flag), value));
    try {
      return Settings.load(values, variables);
    } catch (SettingsException secretIsMissing) {
      return own;
    }
  }

  private static String name(String flag) {
    return flag.replaceFirst("^--", "").replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /** Settings of the file that the server has not read, since they were changed after its start. */
  List<String> unread(Settings own) {
    Map<String, Row> served = new HashMap<>();
    rows().forEach(row -> served.put(row.name(), row));
    List<String> unread = new ArrayList<>();
    for (Effective effective : own.effective()) {
      String name = effective.setting().name();
      Row row = served.getOrDefault(name, new Row(name, Optional.empty(), /* from= */ ""));
      boolean isOfFile = effective.where().contains(FILE);
      boolean mayDiffer =
          !row.isMasked() && (row.from().equals(BY_DEFAULT) || row.from().contains(FILE));
      if (isOfFile && mayDiffer && !row.value().equals(effective.shown())) {
        unread.add(name);
      }
    }
    return unread;
  }

  /** Those that are not the default, as lines for a bug report. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Row row : rows()) {
      if (!row.from().equals(BY_DEFAULT)) {
        lines.add("%s=%s  # %s".formatted(row.name(), row.value().orElse(""), row.from()));
      }
    }
    for (JsonNode block : answer.path("providers")) {
      lines.add("[provider %s]".formatted(block.path("hosts").asString("")));
      for (JsonNode key : block.path("keys")) {
        lines.add("%s=%s".formatted(key.path("name").asString(""), key.path("value").asString("")));
      }
    }
    return lines;
  }
}
