package streamcache.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Header fields as they were on the wire, in order; names are compared case-insensitively. */
public record Fields(List<Field> all) {

  /** One field line. */
  public record Field(String name, String value) {}

  public Fields {
    all = List.copyOf(all);
  }

  /**
   * Parses each line as {@code name: value}; a line without a colon becomes a name with no value.
   */
  static Fields parse(List<String> lines) {
    List<Field> fields = new ArrayList<>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      fields.add(
          colon < 0
              ? new Field(line.strip(), "")
              : new Field(line.substring(0, colon).strip(), line.substring(colon + 1).strip()));
    }
    return new Fields(fields);
  }

  public Optional<String> first(String name) {
    return values(name).stream().findFirst();
  }

  public List<String> values(String name) {
    return all.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Field::value)
        .toList();
  }

  public boolean has(String name) {
    return first(name).isPresent();
  }

  /** Whether the comma-separated list of that name contains the token. */
  public boolean says(String name, String token) {
    return values(name).stream()
        .flatMap(value -> List.of(value.split(",", -1)).stream())
        .anyMatch(value -> value.strip().toLowerCase(Locale.ROOT).equals(token));
  }
}
