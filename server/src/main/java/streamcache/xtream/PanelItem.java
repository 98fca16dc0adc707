package streamcache.xtream;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * One object of a panel's response: its scalar fields as text, whatever type the panel wrote them
 * as. A field that is null or an empty string counts as missing. Pure.
 *
 * @param season the key of the season that contains it; an empty string if there is none
 */
record PanelItem(Map<String, String> fields, String season) {

  /** Years of films; anything else is another number in the wrong field. */
  private static final String YEAR = "(?:18|19|20)[0-9]{2}";

  PanelItem {
    fields = Map.copyOf(fields);
  }

  /** The first of these fields that is there. */
  Optional<String> first(String... names) {
    return Stream.of(names).filter(fields::containsKey).map(fields::get).findFirst();
  }

  /** The first of these fields that is there, else an empty string. */
  String text(String... names) {
    return first(names).orElse("");
  }

  /** A whole number; decimals are cut off. */
  OptionalLong number(String... names) {
    return first(names)
        .map(value -> value.replaceFirst("\\.[0-9]*$", ""))
        .filter(value -> value.matches("-?[0-9]{1,18}"))
        .map(value -> OptionalLong.of(Long.parseLong(value)))
        .orElseGet(OptionalLong::empty);
  }

  /** The year at the start of a date, or the year itself. */
  OptionalInt year(String... names) {
    return Stream.of(names)
        .flatMap(name -> first(name).stream())
        .filter(value -> value.matches(YEAR + "(?:[^0-9].*)?"))
        .mapToInt(value -> Integer.parseInt(value.substring(0, 4)))
        .findFirst();
  }

  /** Omits the values. */
  @Override
  public String toString() {
    return "PanelItem" + fields.keySet();
  }
}
