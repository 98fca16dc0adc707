package streamcache.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One call of a command.
 *
 * @param words what stands behind it, in order
 * @param flags settings by their flag
 * @param options the command's own options by their name; a switch has the value "true"
 */
record Call(
    String command, List<String> words, Map<String, String> flags, Map<String, String> options) {

  /** A command without anything else. */
  static Call of(String command) {
    return new Call(command, List.of(), Map.of(), Map.of());
  }

  boolean has(String option) {
    return "true".equals(options.get(option));
  }

  Optional<String> option(String name) {
    return Optional.ofNullable(options.get(name));
  }

  /** Without words and values, which may be URLs. */
  @Override
  public String toString() {
    return "Call[" + command + "]";
  }
}
