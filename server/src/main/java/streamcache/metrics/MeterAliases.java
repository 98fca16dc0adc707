package streamcache.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.List;
import java.util.Map;

/**
 * Publishes renamed meters under their former names, too, so that dashboards and alerts keep
 * working. Safe from any thread.
 */
final class MeterAliases {

  /** The former name of each renamed meter. */
  private static final Map<String, String> FORMER_NAMES =
      Map.of(
          "streamcache_store_failures", "streamcache_store_troubles",
          "streamcache_store_recoveries", "streamcache_store_healed",
          "streamcache_store_invalidated_bytes", "streamcache_store_distrusted_bytes",
          "streamcache_store_writable", "streamcache_store_takes_bytes",
          "streamcache_messages", "streamcache_outbox");

  private static final Map<String, String> FORMER_LABELS = Map.of("outcome", "what");

  /** The former values of that label. */
  private static final Map<String, String> FORMER_OUTCOMES =
      Map.of(
          "delivered", "done",
          "dry-run", "would",
          "deferred", "later",
          "unavailable", "trouble",
          "available", "well");

  private final MeterRegistry registry;

  private MeterAliases(MeterRegistry registry) {
    this.registry = registry;
  }

  /** From now on, adds an alias for each renamed meter that is registered. */
  static void addTo(MeterRegistry registry) {
    registry.config().onMeterAdded(new MeterAliases(registry)::added);
  }

  private void added(Meter meter) {
    Meter.Id id = meter.getId();
    String former = FORMER_NAMES.get(id.getName());
    if (former == null) {
      return;
    }
    List<Tag> tags = id.getTags().stream().map(MeterAliases::former).toList();
    String help = "Former name of " + id.getName();
    switch (meter) {
      case Counter counter ->
          FunctionCounter.builder(former, counter, Counter::count)
              .description(help)
              .tags(tags)
              .register(registry);
      case Gauge gauge ->
          Gauge.builder(former, gauge, Gauge::value)
              .description(help)
              .tags(tags)
              .register(registry);
      default -> throw new IllegalStateException("no alias for a meter of this kind: " + id);
    }
  }

  private static Tag former(Tag tag) {
    String label = FORMER_LABELS.get(tag.getKey());
    return label == null
        ? tag
        : Tag.of(label, FORMER_OUTCOMES.getOrDefault(tag.getValue(), tag.getValue()));
  }
}
