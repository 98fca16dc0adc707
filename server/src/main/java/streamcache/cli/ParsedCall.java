package streamcache.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import streamcache.settings.Setting;
import streamcache.settings.SettingsTable;

/** Tells settings from a command's own options in what the parser found. */
final class ParsedCall {

  private static final Set<String> SETTINGS =
      SettingsTable.all().stream().map(Setting::flag).collect(Collectors.toUnmodifiableSet());

  private ParsedCall() {}

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
    List<String> words = command.matchedPositionals().stream().map(ParsedCall::word).toList();
    return new Call(command.commandSpec().name(), words, flags, options);
  }

  private static String word(PositionalParamSpec positional) {
    return positional.getValue();
  }
}
