package streamcache.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the provider blocks of streamcache.conf. Used once at start, by one thread. */
final class BlockReader {

  private static final Pattern HEAD =
      Pattern.compile("provider\\s+(\\S+)", Pattern.CASE_INSENSITIVE);

  static final String HOSTS =
      "a host, an address or a glob, optionally with a port, such as"
          + " panel.example.org:8080 or *.example.org";

  private final List<String> problems;
  private final List<String> warnings;

  /**
   * @param problems receives a sentence for each error that prevents a start
   * @param warnings receives a sentence for each entry that has no effect
   */
  BlockReader(List<String> problems, List<String> warnings) {
    this.problems = problems;
    this.warnings = warnings;
  }

  ProviderBlocks read(List<ConfigFile.Block> texts) {
    Map<HostGlob, ProviderBlock> blocks = new LinkedHashMap<>();
    for (ConfigFile.Block text : texts) {
      Optional<HostGlob> hosts = hosts(text);
      if (hosts.isEmpty()) {
        continue;
      }
      ProviderBlock block = block(hosts.get(), text);
      ProviderBlock earlier = blocks.putIfAbsent(hosts.get(), block);
      if (earlier != null) {
        problems.add(
            text.where()
                + " begins a second block for "
                + hosts.get()
                + "; merge it into the first one at "
                + earlier.where()
                + ".");
      }
      if (text.lines().isEmpty()) {
        warnings.add("The block for " + hosts.get() + " at " + text.where() + " is empty.");
      }
    }
    warnOfRivals(List.copyOf(blocks.values()));
    return new ProviderBlocks(List.copyOf(blocks.values()));
  }

  /** The later block wins, but that is rarely intended. */
  private void warnOfRivals(List<ProviderBlock> blocks) {
    for (ProviderBlock later : blocks) {
      for (ProviderBlock earlier : blocks.subList(0, blocks.indexOf(later))) {
        if (later.hosts().rivals(earlier.hosts()) && later.sharesKeyWith(earlier)) {
          warnings.add(
              earlier
                  + " and "
                  + later
                  + " match some of the same hosts equally well; the second one applies to those.");
        }
      }
    }
  }

  private Optional<HostGlob> hosts(ConfigFile.Block text) {
    Matcher head = HEAD.matcher(text.head());
    if (!head.matches()) {
      problems.add(
          text.where()
              + " is not a block header; write [provider HOST], where HOST is "
              + HOSTS
              + ", or [import NAME].");
      return Optional.empty();
    }
    Optional<HostGlob> hosts = HostGlob.parse(head.group(1));
    if (hosts.isEmpty()) {
      problems.add(
          text.where()
              + " names "
              + Sources.quoted("", head.group(1))
              + ", which matches no host of a link; expected "
              + HOSTS
              + ".");
    }
    return hosts;
  }

  private ProviderBlock block(HostGlob hosts, ConfigFile.Block text) {
    Map<String, ConfigFile.Line> lines = new HashMap<>();
    List<ExtraHeader> headers = new ArrayList<>();
    for (ConfigFile.Line line : text.lines()) {
      String name = Setting.canonicalName(line.name());
      Optional<Setting<?>> key = key(name);
      if (key.isEmpty()) {
        unknown(name, line.where());
      } else if (!line.value().isBlank() && isAllowed(key.get(), line)) {
        take(key.get(), line, lines, headers);
      }
    }
    Map<String, String> values = new HashMap<>();
    lines.forEach((name, line) -> values.put(name, line.value().strip()));
    return new ProviderBlock(hosts, text.where(), values, headers);
  }

  private void take(
      Setting<?> key,
      ConfigFile.Line line,
      Map<String, ConfigFile.Line> lines,
      List<ExtraHeader> headers) {
    if (!key.equals(ProviderTable.HEADER)) {
      ConfigFile.Line earlier = lines.put(key.name(), line);
      if (earlier != null) {
        warnings.add(
            key.name() + " at " + earlier.where() + " is overridden by " + line.where() + ".");
      }
      return;
    }
    ExtraHeader header = ExtraHeader.parse(line.value().strip()).orElseThrow();
    if (headers.stream().anyMatch(other -> other.key().equals(header.key()))) {
      problems.add(
          line.where()
              + " sets the header "
              + header.name()
              + " a second time in its block; remove one.");
    }
    headers.add(header);
  }

  private boolean isAllowed(Setting<?> key, ConfigFile.Line line) {
    String value = line.value().strip();
    if (key.kind().parse(value).isPresent()) {
      return true;
    }
    boolean mayBeSecret = key.equals(ProviderTable.HEADER) || key.equals(ProviderTable.PROXY);
    String shown = mayBeSecret ? "invalid" : Sources.quoted(key.name(), value);
    problems.add(
        "%s is %s in %s; expected %s."
            .formatted(key.name(), shown, line.where(), key.kind().allowed()));
    return false;
  }

  private void unknown(String name, String where) {
    String needless = ProviderTable.NEEDLESS.get(name);
    if (needless != null) {
      warnings.add(name + " in " + where + " is not needed: " + needless + ".");
      return;
    }
    if (KnownNames.isSetting(name)) {
      problems.add(
          name
              + " in "
              + where
              + " is not a key of a provider; put settings of the server before the first block.");
      return;
    }
    problems.add(
        "Unknown key "
            + Sources.cleaned(name)
            + " in "
            + where
            + KnownNames.nearest(name, ProviderTable.all().stream().map(Setting::name))
                .map(known -> "; did you mean " + known + "?")
                .orElse("; docs/providers.md lists the keys."));
  }

  private static Optional<Setting<?>> key(String name) {
    return ProviderTable.all().stream().filter(key -> key.name().equals(name)).findFirst();
  }
}
