package streamcache.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Joins the settings that a server runs with and those that its file has now: what takes effect at
 * run time comes from the file, and everything else stays as it was at the start. Pure.
 */
public final class ChangedSettings {

  private ChangedSettings() {}

  /** How titles are to be fetched from now on. */
  public static FillSettings fill(FillSettings running, FillSettings next) {
    return new FillSettings(
        running.rangeTeeThreshold(),
        next.followerWaitMax(),
        next.answerWithin(),
        running.firstByteWithin(),
        running.placeWaitMax(),
        next.resolveTtl(),
        next.providerMaxConnections(),
        running.verifyTls(),
        running.egress(),
        next.completeAfter(),
        next.completeScans(),
        next.admission(),
        next.revalidateAfter(),
        running.liveWindow(),
        blocks(running.providers(), next.providers()));
  }

  /** What is to be kept from now on. */
  public static StoreSettings store(StoreSettings running, StoreSettings next) {
    return new StoreSettings(
        running.folder(),
        next.maxBytes(),
        next.lowWatermarkBytes(),
        next.minFreeBytes(),
        next.janitorInterval(),
        running.progressFlushBytes(),
        next.eviction(),
        running.adoption());
  }

  /** Every setting with the value in effect and its source. */
  public static List<Effective> effective(List<Effective> running, List<Effective> next) {
    Map<String, Effective> changed = new HashMap<>();
    next.stream()
        .filter(each -> RunTimeSettings.takesEffect(each.setting()))
        .forEach(each -> changed.put(each.setting().name(), each));
    return running.stream().map(each -> changed.getOrDefault(each.setting().name(), each)).toList();
  }

  /** Blocks in the order of the file; those that it no longer has keep what needs a restart. */
  static ProviderBlocks blocks(ProviderBlocks running, ProviderBlocks next) {
    List<ProviderBlock> all = new ArrayList<>();
    for (ProviderBlock block : next.all()) {
      all.add(joined(of(running, block.hosts()), Optional.of(block), block));
    }
    for (ProviderBlock block : running.all()) {
      if (of(next, block.hosts()).isEmpty()) {
        all.add(joined(Optional.of(block), Optional.empty(), block));
      }
    }
    all.removeIf(block -> block.values().isEmpty() && block.headers().isEmpty());
    return new ProviderBlocks(all);
  }

  private static Optional<ProviderBlock> of(ProviderBlocks blocks, HostGlob hosts) {
    return blocks.all().stream().filter(block -> block.hosts().equals(hosts)).findFirst();
  }

  private static ProviderBlock joined(
      Optional<ProviderBlock> running, Optional<ProviderBlock> next, ProviderBlock named) {
    Map<String, String> values = new HashMap<>();
    for (Setting<?> key : ProviderTable.all()) {
      Optional<ProviderBlock> from = RunTimeSettings.takesEffectInBlock(key) ? next : running;
      from.map(block -> block.values().get(key.name()))
          .ifPresent(value -> values.put(key.name(), value));
    }
    return new ProviderBlock(
        named.hosts(), named.where(), values, next.map(ProviderBlock::headers).orElse(List.of()));
  }
}
