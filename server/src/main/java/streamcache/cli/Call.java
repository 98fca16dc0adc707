package streamcache.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import streamcache.settings.Setting;
import streamcache.settings.SettingsTable;

/**
 * One call of a command.
 *
 * @param words what stands behind it, in order
 * @param flags settings by their flag
 * @param options the command's own options by their name; a switch has the value "true"
 */
record Call(
    String command, List<String> words, Map<String, String> flags, Map<String, String> options) {

  private static final Set<String> SETTINGS =
      SettingsTable.all().stream().map(Setting::flag).collect(Collectors.toUnmodifiableSet());

  /** A command without anything else. */
  static Call of(String command) {
    return new Call(command, List.of(), Map.of(), Map.of());
  }

  static Call of(ParseResult parsed) {
    ParseResult command = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
    Map<String, String> flags = new HashMap<>();
    Map<String, String> options = new HashMap<>();
    // What stands behind the command wins over what stands before it.
    for (ParseResult part : List.of(parsed, command)) {
      for (OptionSpec option : part.matchedOptions()) {
        String name = option.longestName();
        Object value = option.getValue();
        (SETTINGS.contains(name) ? flags : options).put(name, String.valueOf(value));
      }
    }
    List<String> words = command.matchedPositionals().stream().map(Call::word).toList();
    return new Call(command.commandSpec().name(), words, flags, options);
  }

  boolean has(String option) {
    return "true".equals(options.get(option));
  }

  Optional<String> option(String name) {
    return Optional.ofNullable(options.get(name));
  }

  private static String word(PositionalParamSpec positional) {
    return positional.getValue();
  }

  /** Without words and values, which may be URLs. */
  @Override
  public String toString() {
    return "Call[" + command + "]";
  }
}
