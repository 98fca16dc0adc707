package streamcache.origin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Profiles as human-readable text: {@code key=value} pairs separated by spaces. Pure. */
final class ProfileLine {

  private ProfileLine() {}

  /** Writes a space before each pair; omits what is not known. */
  static String of(ProviderProfile profile) {
    StringBuilder line = new StringBuilder();
    add(line, "seen", profile.seen().toEpochMilli(), true);
    add(line, "refusals", joined(profile), !profile.refusals().isEmpty());
    add(line, "ranges", profile.ranges().orElse(false), profile.ranges().isPresent());
    boolean areRefused = profile.rangesRefused().isAfter(Instant.EPOCH);
    add(line, "ranges-refused", profile.rangesRefused().toEpochMilli(), areRefused);
    add(line, "validators-arbitrary", true, profile.validators().areArbitrary());
    add(line, "if-range-defeats", true, profile.validators().defeatRanges());
    ProviderProfile.Redirects redirects = profile.redirects();
    add(line, "one-time", true, redirects.isOneTime());
    redirects.life().ifPresent(life -> add(line, "redirect-life", life.toMillis(), true));
    ProviderProfile.Line way = profile.line();
    add(line, "first-byte", Math.round(way.firstByte() * 1e6), way.firstByte() > 0);
    add(line, "rate", Math.round(way.rate()), way.rate() > 0);
    RangeRates rates = profile.rangeRates();
    add(line, "open-rate", Math.round(rates.open()), rates.open() > 0);
    add(line, "open-rate-measured", rates.measured().toEpochMilli(), rates.open() > 0);
    add(line, "closed-rate", Math.round(rates.closed()), rates.closed() > 0);
    add(line, "range-contrasts", rates.contrasts(), rates.contrasts() > 0);
    ProviderProfile.CoolDown coolDown = profile.coolDown();
    boolean cools = coolDown.time().isPositive();
    add(line, "cool-down", coolDown.time().toMillis(), cools);
    add(line, "cool-down-learned", coolDown.learned().toEpochMilli(), cools);
    ProviderProfile.Limit limit = profile.limit();
    boolean isLimited = limit.connections() > 0;
    add(line, "limit", limit.connections(), isLimited);
    add(line, "limit-patience", limit.patience().toMillis(), isLimited);
    add(line, "limit-learned", limit.learned().toEpochMilli(), isLimited);
    add(line, "limit-stated", limit.stated(), limit.stated() > 0);
    ProviderProfile.Spent spent = profile.spent();
    add(line, "spent", spent.bytes(), spent.bytes() > 0);
    add(line, "spent-on", spent.day(), spent.bytes() > 0);
    profile.agent().ifPresent(agent -> add(line, "agent", URLEncoder.encode(agent, UTF_8), true));
    profile.account().ifPresent(account -> add(line, "account", account, true));
    return line.toString();
  }

  /**
   * @throws RuntimeException if {@link #of} did not write the line
   */
  static ProviderProfile parse(String line) {
    Map<String, String> values =
        Arrays.stream(line.strip().split(" +", -1))
            .map(pair -> pair.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    ProviderProfile none = ProviderProfile.NONE;
    return new ProviderProfile(
        instant(values, "seen"),
        Arrays.stream(values.getOrDefault("refusals", "").split(",", -1))
            .filter(status -> !status.isEmpty())
            .map(Integer::valueOf)
            .collect(Collectors.toCollection(TreeSet::new)),
        value(values, "ranges", Boolean::valueOf),
        instant(values, "ranges-refused"),
        new ProviderProfile.Validators(
            values.containsKey("validators-arbitrary"), values.containsKey("if-range-defeats")),
        new ProviderProfile.Redirects(
            values.containsKey("one-time"),
            value(values, "redirect-life", Long::valueOf).map(Duration::ofMillis)),
        new ProviderProfile.Line(
            value(values, "first-byte", Long::valueOf).map(micros -> micros / 1e6).orElse(0.0),
            value(values, "rate", Double::valueOf).orElse(0.0)),
        new RangeRates(
            value(values, "open-rate", Double::valueOf).orElse(0.0),
            instant(values, "open-rate-measured"),
            value(values, "closed-rate", Double::valueOf).orElse(0.0),
            value(values, "range-contrasts", Integer::valueOf).orElse(0)),
        new ProviderProfile.CoolDown(
            value(values, "cool-down", Long::valueOf)
                .map(Duration::ofMillis)
                .orElse(none.coolDown().time()),
            instant(values, "cool-down-learned")),
        new ProviderProfile.Limit(
            value(values, "limit", Integer::valueOf).orElse(none.limit().connections()),
            value(values, "limit-patience", Long::valueOf)
                .map(Duration::ofMillis)
                .orElse(none.limit().patience()),
            instant(values, "limit-learned"),
            value(values, "limit-stated", Integer::valueOf).orElse(0)),
        new ProviderProfile.Spent(
            value(values, "spent-on", LocalDate::parse).orElse(none.spent().day()),
            value(values, "spent", Long::valueOf).orElse(0L)),
        value(values, "agent", agent -> URLDecoder.decode(agent, UTF_8)),
        value(values, "account", account -> account));
  }

  private static String joined(ProviderProfile profile) {
    return profile.refusals().stream().map(String::valueOf).collect(Collectors.joining(","));
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
