package streamcache.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * All provider blocks. Among those that match a host, the most specific one wins for each key: one
 * host before several, more letters before fewer, then a port before none; between equally specific
 * ones, the later one. Immutable, any thread.
 */
public record ProviderBlocks(List<ProviderBlock> all) {

  public static final ProviderBlocks NONE = new ProviderBlocks(List.of());

  public ProviderBlocks {
    all = List.copyOf(all);
  }

  /**
   * One key that applies to a host.
   *
   * @param value with secrets masked
   * @param from the block that sets it
   * @param over less specific blocks that set the same key, the most specific first
   */
  public record Applied(String key, String value, ProviderBlock from, List<ProviderBlock> over) {}

  /** The blocks that match a host, the most specific first. */
  public List<ProviderBlock> of(String host, int port) {
    return all.reversed().stream()
        .filter(block -> block.hosts().names(host, port))
        .sorted(Comparator.comparing(ProviderBlock::hosts, HostGlob.BY_DETAIL.reversed()))
        .toList();
  }

  /** All keys that apply to a host, in the order of the table. */
  public List<Applied> applied(String host, int port) {
    List<ProviderBlock> blocks = of(host, port);
    List<Applied> applied = new ArrayList<>();
    for (Setting<?> key : ProviderTable.all()) {
      if (key.equals(ProviderTable.HEADER)) {
        headerNames(blocks).forEach(name -> applied.add(applied(key, saying(blocks, name), name)));
        continue;
      }
      List<ProviderBlock> saying =
          blocks.stream().filter(block -> block.values().containsKey(key.name())).toList();
      if (!saying.isEmpty()) {
        applied.add(applied(key, saying, ""));
      }
    }
    return applied;
  }

  /**
   * @param saying the blocks that set it, the one that applies first; never empty
   * @param header the name of the header field, if the key is one
   */
  private static Applied applied(Setting<?> key, List<ProviderBlock> saying, String header) {
    ProviderBlock first = saying.getFirst();
    String value =
        header.isEmpty() ? first.shown(key) : first.header(header).orElseThrow().toString();
    return new Applied(key.name(), value, first, saying.subList(1, saying.size()));
  }

  private static List<String> headerNames(List<ProviderBlock> blocks) {
    return blocks.stream()
        .flatMap(block -> block.headers().stream())
        .map(ExtraHeader::key)
        .distinct()
        .toList();
  }

  private static List<ProviderBlock> saying(List<ProviderBlock> blocks, String header) {
    return blocks.stream().filter(block -> block.header(header).isPresent()).toList();
  }

  /** Each header field is resolved like a key of its own. */
  private static List<ExtraHeader> headers(List<ProviderBlock> blocks) {
    return headerNames(blocks).stream()
        .map(name -> saying(blocks, name).getFirst().header(name).orElseThrow())
        .toList();
  }

  /** Whether the certificate of a host is checked; empty if no block says. */
  Optional<Boolean> verifiesTls(String host, int port) {
    return first(of(host, port), ProviderTable.DISABLE_SSL_VERIFY).map(disabled -> !disabled);
  }

  /** Whether any host may use RSA key exchange and TLS 1.0 and 1.1. */
  public boolean permitLegacyTls() {
    return all.stream()
        .anyMatch(block -> block.value(ProviderTable.TLS_LEGACY).orElse(/* isSet= */ false));
  }

  /** Whether this host may use RSA key exchange and TLS 1.0 and 1.1. */
  public boolean permitsLegacyTls(String host, int port) {
    return permitLegacyTls() && first(of(host, port), ProviderTable.TLS_LEGACY).orElse(false);
  }

  /** The query parameters that do not distinguish titles of a host. Called for every link. */
  public Set<String> dropParameters(String host, int port) {
    List<ProviderBlock> saying =
        all.stream()
            .filter(block -> block.values().containsKey(ProviderTable.DROP_PARAMETERS.name()))
            .toList();
    return saying.isEmpty()
        ? Set.of()
        : first(of(host, port), ProviderTable.DROP_PARAMETERS).orElse(Set.of());
  }

  /** Who gets an error video for a host; empty: the global setting applies. */
  public Optional<ErrorVideoPolicy> errorVideo(String host, int port) {
    return first(of(host, port), ProviderTable.ERROR_VIDEO);
  }

  /** The name of the account that a host belongs to. Called for every playback. */
  public Optional<String> account(String host, int port) {
    boolean isUsed = all.stream().anyMatch(block -> block.sets(ProviderTable.ACCOUNT));
    return isUsed ? first(of(host, port), ProviderTable.ACCOUNT) : Optional.empty();
  }

  /** The blocks that name the account, in the order of the file. */
  public List<ProviderBlock> ofAccount(String name) {
    return all.stream()
        .filter(block -> block.value(ProviderTable.ACCOUNT).filter(name::equals).isPresent())
        .toList();
  }

  /**
   * The rules for an account with a name: for each key, those of the first block in the file that
   * names the account and sets the key.
   */
  ProviderRules accountRules(String name, ProviderRules standard) {
    return rules(ofAccount(name), standard);
  }

  /** The rules for a host; what no block sets comes from {@code standard}. */
  ProviderRules rules(String host, int port, ProviderRules standard) {
    return rules(of(host, port), standard);
  }

  private static ProviderRules rules(List<ProviderBlock> blocks, ProviderRules standard) {
    if (blocks.isEmpty()) {
      return standard;
    }
    return new ProviderRules(
        first(blocks, ProviderTable.MAX_CONNECTIONS)
            .map(OptionalInt::of)
            .orElse(standard.maxConnections()),
        first(blocks, ProviderTable.COOL_DOWN),
        new ProviderRules.Request(
            first(blocks, ProviderTable.AGENT),
            headers(blocks),
            !first(blocks, ProviderTable.NO_RANGE).orElse(false),
            size(blocks, ProviderTable.RANGE_SIZE),
            first(blocks, ProviderTable.PROXY)),
        new ProviderRules.Fills(
            size(blocks, ProviderTable.RATE_LIMIT),
            size(blocks, ProviderTable.FILL_RATE_LIMIT),
            size(blocks, ProviderTable.FILL_QUOTA),
            first(blocks, ProviderTable.FILL_HOURS),
            first(blocks, ProviderTable.COMPLETE_AFTER).orElse(standard.fills().completeAfter())),
        first(blocks, ProviderTable.TRUST_VALIDATORS),
        first(blocks, ProviderTable.ADMISSION).orElse(standard.admission()));
  }

  private static <T> Optional<T> first(List<ProviderBlock> blocks, Setting<T> key) {
    return blocks.stream().flatMap(block -> block.value(key).stream()).findFirst();
  }

  private static OptionalLong size(List<ProviderBlock> blocks, Setting<Long> key) {
    return first(blocks, key).map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }
}
