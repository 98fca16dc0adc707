package streamcache.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The content of one provider block of streamcache.conf, checked and as written. Pure.
 *
 * @param where file and line of its header
 * @param values by the name of the key, all but {@link ProviderTable#HEADER}
 * @param headers in their order, each name once
 */
public record ProviderBlock(
    HostGlob hosts, String where, Map<String, String> values, List<ExtraHeader> headers) {

  public ProviderBlock {
    values = Map.copyOf(values);
    headers = List.copyOf(headers);
  }

  /** Its value for a key, if any. */
  <T> Optional<T> value(Setting<T> key) {
    return Optional.ofNullable(values.get(key.name())).flatMap(key.kind()::parse);
  }

  boolean sets(Setting<?> key) {
    return values.containsKey(key.name());
  }

  /**
   * @param key the name of the header field, in lower case
   */
  Optional<ExtraHeader> header(String key) {
    return headers.stream().filter(header -> header.key().equals(key)).findFirst();
  }

  /** Whether both set the same key. */
  boolean sharesKeyWith(ProviderBlock other) {
    return values.keySet().stream().anyMatch(other.values::containsKey)
        || headers.stream().anyMatch(header -> other.header(header.key()).isPresent());
  }

  /** Its value for a key, with secrets masked. */
  public String shown(Setting<?> key) {
    Optional<?> value = value(key);
    return value
        .filter(parsed -> parsed instanceof Proxy)
        .map(Object::toString)
        .orElseGet(() -> values.getOrDefault(key.name(), ""));
  }

  /** Its values for a key, with secrets masked; more than one for headers only. */
  public List<String> shownAll(Setting<?> key) {
    if (key.equals(ProviderTable.HEADER)) {
      return headers.stream().map(ExtraHeader::toString).toList();
    }
    return sets(key) ? List.of(shown(key)) : List.of();
  }

  /** Lines that streamcache.conf accepts, with secrets masked. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("[provider " + hosts + "]  # " + where);
    for (Setting<?> key : ProviderTable.all()) {
      if (values.containsKey(key.name())) {
        lines.add(key.name() + "=" + quoted(shown(key)));
      }
    }
    headers.forEach(header -> lines.add(ProviderTable.HEADER.name() + "=" + header));
    return lines;
  }

  private static String quoted(String value) {
    return value.contains("#") ? "\"" + value + "\"" : value;
  }

  /** Omits values, which may be secrets. */
  @Override
  public String toString() {
    return "[provider " + hosts + "] at " + where;
  }
}
