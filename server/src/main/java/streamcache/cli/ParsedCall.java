package streamcache.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import streamcache.settings.Setting;
import streamcache.settings.SettingsTable;

/** Separates settings from the options of a command in the result of the parser. */
final class ParsedCall {

  private static final Set<String> SETTINGS =
      SettingsTable.all().stream().map(Setting::flag).collect(Collectors.toUnmodifiableSet());

  private ParsedCall() {}

  static Invocation of(ParseResult parsed) {
    ParseResult command = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
    Map<String, String> flags = new HashMap<>();
    Map<String, String> options = new HashMap<>();
    // An option after the command overrides the same option before it.
    for (ParseResult part : List.of(parsed, command)) {
      for (OptionSpec option : part.matchedOptions()) {
        String name = option.longestName();
        Object value = option.getValue();
        (SETTINGS.contains(name) ? flags : options).put(name, String.valueOf(value));
      }
    }
    List<String> words = command.matchedPositionals().stream().flatMap(ParsedCall::words).toList();
    return new Invocation(command.commandSpec().name(), words, flags, options);
  }

  private static Stream<String> words(PositionalParamSpec positional) {
    Object value = positional.getValue();
    return value instanceof List<?> several
        ? several.stream().map(String::valueOf)
        : Stream.of(String.valueOf(value));
  }
}
