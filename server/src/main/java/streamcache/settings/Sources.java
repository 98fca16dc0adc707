package streamcache.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The values of settings by source: flags take precedence over the environment, and that over the
 * file; added in this order. A blank value counts as not set, because Compose files often have
 * them. Used once at start, by one thread.
 */
final class Sources {

  /** Unknown variables cause a warning only if they look like settings of this program. */
  private static final Pattern OURS = Pattern.compile("(CACHE|FOLLOWER|STREAMCACHE)_.+");

  /**
   * Not settings: the launcher reads OPTS, {@code Serve} reads COMMAND, the import command reads
   * IMPORT_URL, and Kubernetes sets the others for a service called streamcache.
   */
  private static final Pattern NO_SETTING =
      Pattern.compile("STREAMCACHE_(OPTS|COMMAND|IMPORT_URL|SERVICE_.+|PORT(_[0-9]+_.+)?)");

  /**
   * One setting as written.
   *
   * @param where the flag, "the environment", or file and line
   */
  record Given(String value, String where) {}

  private final Map<String, Given> given = new HashMap<>();
  private final List<ConfigFile.Block> blocks = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  void addFlags(Map<String, String> flags) {
    new TreeMap<>(flags)
        .forEach((written, value) -> {
          String name = Setting.canonicalName(written);
          String flag = name.toLowerCase(Locale.ROOT).replace('_', '-');
          add(name, value, "the flag --" + flag);
        });
  }

  void addEnvironment(Map<String, String> environment) {
    new TreeMap<>(environment)
        .forEach((name, value) -> {
          boolean looksLikeOurs =
              OURS.matcher(name).matches() && !NO_SETTING.matcher(name).matches();
          if (looksLikeOurs || isKnown(name)) {
            add(name, value, "the environment");
          }
        });
  }

  /** If a setting occurs twice, the last one counts. */
  void addFile(Path folder) {
    add(ConfigFile.read(folder, problems));
  }

  /** As the other method, from a content that the file may get. */
  void addFile(Path folder, byte[] content) {
    add(ConfigFile.read(folder.resolve(ConfigFile.NAME), content, problems));
  }

  private void add(ConfigFile.Text text) {
    Map<String, ConfigFile.Line> lines = new TreeMap<>();
    blocks.addAll(text.blocks());
    for (ConfigFile.Line line : text.lines()) {
      String name = Setting.canonicalName(line.name());
      ConfigFile.Line earlier = lines.put(name, line);
      if (earlier != null) {
        warnings.add(name + " at " + earlier.where() + " is overridden by " + line.where() + ".");
      }
    }
    ConfigFile.Line folderLine = lines.remove(SettingsTable.CONFIG_DIR.name());
    if (folderLine != null) {
      warnings.add(
          "CONFIG_DIR at "
              + folderLine.where()
              + " has no effect; set it as a flag or in the environment.");
    }
    lines.forEach((name, line) -> add(name, line.value(), line.where()));
  }

  Optional<Given> given(Setting<?> setting) {
    return Optional.ofNullable(given.get(setting.name()));
  }

  /** Reads the value of a setting; an invalid value becomes a problem. */
  <T> Optional<T> read(Setting<T> setting) {
    Optional<Given> found = given(setting);
    if (found.isEmpty()) {
      return setting.computed() ? Optional.empty() : setting.kind().parse(setting.standard());
    }
    Optional<T> value = setting.kind().parse(found.get().value());
    if (value.isPresent()) {
      return value;
    }
    problems.add(
        setting.name()
            + " is "
            + quoted(setting.name(), found.get().value())
            + " in "
            + found.get().where()
            + "; expected "
            + setting.kind().allowed()
            + ".");
    return setting.computed() ? Optional.empty() : setting.kind().parse(setting.standard());
  }

  /** The value of a setting that always has one. */
  <T> T value(Setting<T> setting) {
    return read(setting).orElseThrow();
  }

  /** The value of a setting in bytes. */
  OptionalLong size(Setting<Long> setting) {
    return read(setting).map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }

  /** The value of a setting that is a number. */
  OptionalInt number(Setting<Integer> setting) {
    return read(setting).map(OptionalInt::of).orElseGet(OptionalInt::empty);
  }

  /** Whether a setting is given that has no effect without another one; adds a warning if so. */
  boolean isHalf(Setting<?> given, Setting<?> missing) {
    boolean isHalf = given(given).isPresent() && given(missing).isEmpty();
    if (isHalf) {
      warnings.add(
          given.name() + " has no effect without " + missing.name() + ", which is not set.");
    }
    return isHalf;
  }

  /** The provider blocks of the file. */
  ProviderBlocks providers() {
    return new BlockReader(problems, warnings)
        .read(blocks.stream().filter(block -> !ImportBlockReader.isImport(block)).toList());
  }

  /** The import blocks of the file. */
  List<ImportBlock> imports() {
    return new ImportBlockReader(problems)
        .read(blocks.stream().filter(ImportBlockReader::isImport).toList());
  }

  List<String> problems() {
    return problems;
  }

  List<String> warnings() {
    return warnings;
  }

  private void add(String name, String value, String where) {
    if (value.isBlank()) {
      return;
    }
    if (KnownNames.isSetting(name)) {
      given.putIfAbsent(name, new Given(value.strip(), where));
      return;
    }
    SeedAlias alias = SeedNames.ALIASES.get(name);
    if (alias != null) {
      String written = value.strip();
      boolean isBare = written.matches("[0-9]+");
      given.putIfAbsent(
          alias.setting().name(),
          new Given(isBare ? written + alias.unit() : written, where + " as " + name));
      return;
    }
    warnings.add(warning(name, where));
  }

  private static String warning(String name, String where) {
    String replacement = SeedNames.REPLACED.get(name);
    if (replacement != null) {
      return name + " in " + where + " is no longer needed: " + replacement + ".";
    }
    return "Unknown setting "
        + cleaned(name)
        + " in "
        + where
        + KnownNames.nearest(name).map(known -> "; did you mean " + known + "?").orElse(".");
  }

  private static boolean isKnown(String name) {
    return KnownNames.isSetting(name)
        || SeedNames.ALIASES.containsKey(name)
        || SeedNames.REPLACED.containsKey(name);
  }

  /** A misplaced URL may be that of a provider, so only its host is shown. */
  static String quoted(String name, String value) {
    String shown = Setting.shown(name, value).replaceAll("(://[^/?#\\s]+)[/?#]\\S+", "$1/~");
    return "'" + cleaned(shown) + "'";
  }

  /** Replaces control characters and shortens the text, so that it fits one line of a log. */
  static String cleaned(String text) {
    String line = text.replaceAll("\\p{Cntrl}", "?");
    return line.length() <= 100 ? line : line.substring(0, 100) + "...";
  }
}
