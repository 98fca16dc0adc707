package streamcache.origin;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Habits as text that people can read, {@code key=value} with blanks between. Pure. */
final class HabitLine {

  private HabitLine() {}

  /** With a blank before each pair; what is not known is left out. */
  static String of(Habits habits) {
    StringBuilder line = new StringBuilder();
    add(line, "seen", habits.seen().toEpochMilli(), true);
    add(line, "refusals", joined(habits), !habits.refusals().isEmpty());
    add(line, "ranges", habits.ranges().orElse(false), habits.ranges().isPresent());
    Habits.Redirects redirects = habits.redirects();
    add(line, "one-time", true, redirects.isOneTime());
    redirects.life().ifPresent(life -> add(line, "redirect-life", life.toMillis(), true));
    Habits.Line way = habits.line();
    add(line, "first-byte", Math.round(way.firstByte() * 1e6), way.firstByte() > 0);
    add(line, "rate", Math.round(way.rate()), way.rate() > 0);
    Habits.CoolDown coolDown = habits.coolDown();
    boolean cools = coolDown.time().isPositive();
    add(line, "cool-down", coolDown.time().toMillis(), cools);
    add(line, "cool-down-learned", coolDown.learned().toEpochMilli(), cools);
    Habits.Limit limit = habits.limit();
    boolean isLimited = limit.connections() > 0;
    add(line, "limit", limit.connections(), isLimited);
    add(line, "limit-patience", limit.patience().toMillis(), isLimited);
    add(line, "limit-learned", limit.learned().toEpochMilli(), isLimited);
    Habits.Spent spent = habits.spent();
    add(line, "spent", spent.bytes(), spent.bytes() > 0);
    add(line, "spent-on", spent.day(), spent.bytes() > 0);
    return line.toString();
  }

  /**
   * @throws RuntimeException it is not what {@link #of} has written
   */
  static Habits parse(String line) {
    Map<String, String> values =
        Arrays.stream(line.strip().split(" +", -1))
            .map(pair -> pair.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    Habits none = Habits.NONE;
    return new Habits(
        instant(values, "seen"),
        Arrays.stream(values.getOrDefault("refusals", "").split(",", -1))
            .filter(status -> !status.isEmpty())
            .map(Integer::valueOf)
            .collect(Collectors.toCollection(TreeSet::new)),
        value(values, "ranges", Boolean::valueOf),
        new Habits.Redirects(
            values.containsKey("one-time"),
            value(values, "redirect-life", Long::valueOf).map(Duration::ofMillis)),
        new Habits.Line(
            value(values, "first-byte", Long::valueOf).map(micros -> micros / 1e6).orElse(0.0),
            value(values, "rate", Double::valueOf).orElse(0.0)),
        new Habits.CoolDown(
            value(values, "cool-down", Long::valueOf)
                .map(Duration::ofMillis)
                .orElse(none.coolDown().time()),
            instant(values, "cool-down-learned")),
        new Habits.Limit(
            value(values, "limit", Integer::valueOf).orElse(none.limit().connections()),
            value(values, "limit-patience", Long::valueOf)
                .map(Duration::ofMillis)
                .orElse(none.limit().patience()),
            instant(values, "limit-learned")),
        new Habits.Spent(
            value(values, "spent-on", LocalDate::parse).orElse(none.spent().day()),
            value(values, "spent", Long::valueOf).orElse(0L)));
  }

  private static String joined(Habits habits) {
    return habits.refusals().stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private static void add(StringBuilder line, String key, Object value, boolean isKnown) {
    if (isKnown) {
      line.append(' ').append(key).append('=').append(value);
    }
  }

  private static <T> Optional<T> value(
      Map<String, String> values, String key, Function<String, T> reader) {
    return Optional.ofNullable(values.get(key)).map(reader);
  }

  private static Instant instant(Map<String, String> values, String key) {
    return Instant.ofEpochMilli(value(values, key, Long::valueOf).orElse(0L));
  }
}
