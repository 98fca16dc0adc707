package streamcache.settings;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number with a unit, such as {@code 1.5TB} or {@code 250ms}. Pure. */
final class Quantity {

  private static final Pattern WRITTEN =
      Pattern.compile("([0-9]{1,19}(?:\\.[0-9]{1,9})?)\\s*([A-Za-z]*)");

  private static final long KIBI = 1024;
  private static final long KILO = 1000;

  /** In bytes. A single letter is binary, as in df, docker and the seed. */
  static final Map<String, Long> SIZES =
      Map.ofEntries(
          Map.entry("", 1L),
          Map.entry("b", 1L),
          Map.entry("kb", KILO),
          Map.entry("mb", KILO * KILO),
          Map.entry("gb", KILO * KILO * KILO),
          Map.entry("tb", KILO * KILO * KILO * KILO),
          Map.entry("k", KIBI),
          Map.entry("m", KIBI * KIBI),
          Map.entry("g", KIBI * KIBI * KIBI),
          Map.entry("t", KIBI * KIBI * KIBI * KIBI),
          Map.entry("kib", KIBI),
          Map.entry("mib", KIBI * KIBI),
          Map.entry("gib", KIBI * KIBI * KIBI),
          Map.entry("tib", KIBI * KIBI * KIBI * KIBI));

  /** In milliseconds; a bare number means seconds, as in the seed. */
  static final Map<String, Long> TIMES =
      Map.of(
          "", 1_000L,
          "ms", 1L,
          "s", 1_000L,
          "m", 60_000L,
          "min", 60_000L,
          "h", 3_600_000L,
          "d", 86_400_000L);

  private Quantity() {}

  /** The quantity in the base unit, rounded down; empty if the text is invalid or too large. */
  static Optional<Long> parse(String text, Map<String, Long> units) {
    Matcher matcher = WRITTEN.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Long unit = units.get(matcher.group(2).toLowerCase(Locale.ROOT));
    if (unit == null) {
      return Optional.empty();
    }
    BigDecimal product = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit));
    boolean fits = product.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
    return fits ? Optional.of(product.longValue()) : Optional.empty();
  }
}
