package streamcache.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One invocation of a command.
 *
 * @param words the positional arguments, in order
 * @param flags settings by their flag
 * @param options the options of the command by their name; a switch has the value "true"
 */
record Invocation(
    String command, List<String> words, Map<String, String> flags, Map<String, String> options) {

  /** A command without arguments. */
  static Invocation of(String command) {
    return new Invocation(command, List.of(), Map.of(), Map.of());
  }

  boolean has(String option) {
    return "true".equals(options.get(option));
  }

  Optional<String> option(String name) {
    return Optional.ofNullable(options.get(name));
  }

  /** Omits words and values, which may be URLs. */
  @Override
  public String toString() {
    return "Invocation[" + command + "]";
  }
}
