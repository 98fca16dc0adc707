package streamcache.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import streamcache.event.Event;
import streamcache.fill.Checked;
import streamcache.fill.Ending;
import streamcache.fill.FillEvent;
import streamcache.origin.Failure;
import streamcache.outbox.OutboxEvent;
import streamcache.playback.Decided;
import streamcache.playback.Ended;
import streamcache.playback.PlaybackEvent;
import streamcache.playback.PlaybackRecord;
import streamcache.store.StoreEvent;
import streamcache.store.StoreUsage;
import streamcache.trouble.Cause;
import streamcache.trouble.RequestRejected;

/**
 * The Prometheus meters. Labels have few values and none of them names a title or an account, so
 * that the number of series stays small and nothing is disclosed. Safe from any thread.
 */
public final class Meters implements Consumer<Event> {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  /** The library holds what it counts weakly; what is collected would be counted no further. */
  private final List<LongSupplier> totals = new ArrayList<>();

  private final AtomicLong playing = new AtomicLong();
  private final AtomicLong connections = new AtomicLong();

  // Created once: looking up a meter costs more than a small range does.
  private final Map<Decided, Counter> requests = new EnumMap<>(Decided.class);
  private final Map<Decided, Timer> firstBytes = new EnumMap<>(Decided.class);
  private final Counter refused =
      counter("streamcache_requests", "Requests answered", "decision", "REFUSED");
  private final Counter fromStore =
      counter("streamcache_player_bytes", "Bytes sent to players", "source", "store");
  private final Counter fromProvider =
      counter("streamcache_player_bytes", "Bytes sent to players", "source", "provider");

  public Meters() {
    MeterAliases.addTo(registry);
    for (Decided decided : Decided.values()) {
      requests.put(
          decided,
          counter("streamcache_requests", "Requests answered", "decision", decided.name()));
      firstBytes.put(decided, firstByte(decided));
    }
    Gauge.builder("streamcache_playbacks", playing, AtomicLong::doubleValue)
        .description("Playbacks in progress")
        .register(registry);
    Gauge.builder("streamcache_connections", connections, AtomicLong::doubleValue)
        .description("Open connections to providers that have answered")
        .register(registry);
  }

  private Timer firstByte(Decided decided) {
    return Timer.builder("streamcache_first_byte")
        .description("Time from a request to its first body byte")
        .tag("decision", decided.name())
        .serviceLevelObjectives(
            Duration.ofMillis(5),
            Duration.ofMillis(20),
            Duration.ofMillis(100),
            Duration.ofMillis(500),
            Duration.ofSeconds(2),
            Duration.ofSeconds(8))
        .register(registry);
  }

  /** Publishes how full the store is; the supplier is called at every scrape. */
  public void watch(Supplier<StoreUsage> usage) {
    gauge(
        "streamcache_store_used_bytes",
        "Bytes allocated by the cache",
        usage,
        StoreUsage::usedBytes);
    gauge(
        "streamcache_store_max_bytes",
        "Size limit of the cache in bytes",
        usage,
        StoreUsage::maxBytes);
    gauge(
        "streamcache_disk_free_bytes", "Free bytes on the disk", usage, StoreUsage::diskFreeBytes);
    gauge("streamcache_store_titles", "Titles with stored bytes", usage, StoreUsage::titles);
    gauge(
        "streamcache_store_writable",
        "1 while the store accepts writes, else 0",
        usage,
        value -> value.isWritable() ? 1 : 0);
  }

  /** Publishes what a node of a cluster does; the suppliers are called at every scrape. */
  public void watchCluster(
      LongSupplier nodes, LongSupplier requests, LongSupplier bytes, LongSupplier copied) {
    Gauge.builder("streamcache_cluster_nodes", nodes, LongSupplier::getAsLong)
        .description("Nodes of the cluster that see each other")
        .strongReference(true)
        .register(registry);
    total("streamcache_cluster_relayed_requests", "Requests that other nodes answered", requests);
    total("streamcache_cluster_relayed_bytes", "Bytes of other nodes sent to players", bytes);
    total("streamcache_cluster_copied_bytes", "Bytes taken from the disks of other nodes", copied);
  }

  private void total(String name, String help, LongSupplier value) {
    totals.add(value);
    FunctionCounter.builder(name, value, LongSupplier::getAsLong)
        .description(help)
        .register(registry);
  }

  private interface Reading {
    long of(StoreUsage usage);
  }

  private void gauge(String name, String what, Supplier<StoreUsage> usage, Reading reading) {
    Gauge.builder(name, usage, source -> reading.of(source.get()))
        .description(what)
        // A weakly held supplier may be collected; every reading would then be NaN.
        .strongReference(true)
        .register(registry);
  }

  /** All meters in the exposition format of Prometheus. */
  public String scrape() {
    return registry.scrape();
  }

  @Override
  public void accept(Event event) {
    switch (event) {
      case PlaybackEvent playback -> count(playback);
      case FillEvent fill -> count(fill);
      case StoreEvent store -> count(store);
      case RequestRejected rejected -> refusal(rejected.rejection().cause());
      case OutboxEvent outbox -> count(outbox);
      default -> {}
    }
  }

  private void count(PlaybackEvent event) {
    switch (event) {
      case PlaybackEvent.Started _ -> playing.incrementAndGet();
      case PlaybackEvent.Finished(PlaybackRecord playback) -> finished(playback);
      case PlaybackEvent.Refused _ -> {}
    }
  }

  private void finished(PlaybackRecord playback) {
    playing.decrementAndGet();
    if (playback.ended() instanceof Ended.Refused || playback.decided().isEmpty()) {
      refused.increment();
    } else {
      of(requests, playback.decided().orElseThrow()).increment();
    }
    fromStore.increment((double) playback.fromStore());
    fromProvider.increment((double) (playback.bytes() - playback.fromStore()));
    if (playback.bytes() > 0) {
      of(firstBytes, playback.decided().orElseThrow()).record(playback.firstByte());
    }
    if (playback.ended() instanceof Ended.Refused(Failure failure)) {
      refusal(Cause.of(failure));
    }
    if (playback.ended() instanceof Ended.Cut) {
      String decision = playback.decided().map(Decided::name).orElse("REFUSED");
      counter("streamcache_cut_playbacks", "Responses cut short", "decision", decision).increment();
    }
  }

  private void refusal(Cause cause) {
    counter("streamcache_refusals", "Error responses, by cause", "cause", cause.label())
        .increment();
  }

  private void count(FillEvent event) {
    switch (event) {
      case FillEvent.ConnectionOpened opened -> {
        connections.incrementAndGet();
        Timer.builder("streamcache_provider_first_byte")
            .description("Time from a request to a provider to its first body byte")
            .register(registry)
            .record(opened.firstByte());
      }
      case FillEvent.ConnectionClosed closed -> closed(closed);
      // Its bytes are counted with those of its playback.
      case FillEvent.PassClosed _ -> {}
      // Nothing came from a provider.
      case FillEvent.TitleCopied _ -> {}
      case FillEvent.TitleCompleted _ ->
          counter("streamcache_fills_completed", "Titles downloaded completely").increment();
      case FillEvent.TitleChecked checked ->
          counter(
                  "streamcache_revalidations",
                  "Checks of complete titles for a changed file at the provider",
                  "outcome",
                  word(checked.outcome()))
              .increment();
      case FillEvent.TitleFailed failed ->
          counter(
                  "streamcache_errors",
                  "Failed titles, by cause",
                  "cause",
                  Cause.of(failed.failure()).label())
              .increment();
    }
  }

  private void closed(FillEvent.ConnectionClosed closed) {
    if (closed.answered()) {
      connections.decrementAndGet();
    }
    counter("streamcache_provider_bytes", "Bytes from providers", "use", "stored")
        .increment((double) closed.stored());
    String rest = closed.isLive() ? "live" : "dropped";
    counter("streamcache_provider_bytes", "Bytes from providers", "use", rest)
        .increment((double) (closed.bytes() - closed.stored()));
    counter(
            "streamcache_provider_connections",
            "Ended connections to providers",
            "ending",
            word(closed.ending()))
        .increment();
  }

  private static String word(Ending ending) {
    return switch (ending) {
      case Ending.Finished _ -> "finished";
      case Ending.Capped _ -> "capped";
      case Ending.Closed _ -> "closed";
      case Ending.Failed(Failure failure) -> Cause.of(failure).label();
      case Ending.Refused _ -> "store-refused";
    };
  }

  private static String word(Checked outcome) {
    return switch (outcome) {
      case Checked.Unchanged _ -> "unchanged";
      case Checked.Changed _ -> "changed";
      case Checked.Failed _ -> "failed";
      case Checked.Skipped _ -> "skipped";
    };
  }

  private void count(StoreEvent event) {
    switch (event) {
      case StoreEvent.Evicted evicted -> {
        counter("streamcache_evictions", "Evictions").increment();
        counter("streamcache_evicted_bytes", "Bytes evicted").increment((double) evicted.bytes());
      }
      case StoreEvent.Failed failed ->
          counter(
                  "streamcache_store_failures",
                  "Disk faults, by cause",
                  "cause",
                  failed.cause().name())
              .increment();
      case StoreEvent.Recovered _ ->
          counter("streamcache_store_recoveries", "Recoveries from disk faults").increment();
      case StoreEvent.AtLimit _ ->
          counter(
                  "streamcache_store_at_limit",
                  "Times that the size limit refused bytes because nothing could be evicted")
              .increment();
      case StoreEvent.Invalidated invalidated ->
          counter(
                  "streamcache_store_invalidated_bytes",
                  "Stored bytes that could not be trusted and are fetched again")
              .increment((double) invalidated.bytes());
    }
  }

  private void count(OutboxEvent event) {
    counter(
            "streamcache_messages",
            "Messages to Seerr and the webhook, by outcome",
            "outbox",
            event.outbox(),
            "outcome",
            event.kind().word())
        .increment();
  }

  /** The meter of the decision; every decision has one from the start. */
  private static <M> M of(Map<Decided, M> meters, Decided decided) {
    return Objects.requireNonNull(meters.get(decided));
  }

  private Counter counter(String name, String help) {
    return Counter.builder(name).description(help).register(registry);
  }

  private Counter counter(String name, String help, String... tags) {
    return Counter.builder(name).description(help).tags(tags).register(registry);
  }
}
