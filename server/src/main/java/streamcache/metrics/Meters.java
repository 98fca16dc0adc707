package streamcache.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import streamcache.fill.Checked;
import streamcache.fill.Ending;
import streamcache.fill.FillListener;
import streamcache.link.AccountId;
import streamcache.link.TitleKey;
import streamcache.origin.Failure;
import streamcache.outbox.OutboxEvent;
import streamcache.outbox.OutboxListener;
import streamcache.playback.Decided;
import streamcache.playback.Ended;
import streamcache.playback.PlaybackListener;
import streamcache.playback.PlaybackRecord;
import streamcache.playback.Request;
import streamcache.store.StoreException;
import streamcache.store.StoreListener;
import streamcache.store.StoreUsage;
import streamcache.trouble.Cause;
import streamcache.trouble.Rejection;
import streamcache.trouble.RejectionListener;

/**
 * The Prometheus meters. Labels have few values and none of them names a title or an account, so
 * that the number of series stays small and nothing is disclosed. Safe from any thread.
 */
public final class Meters
    implements PlaybackListener, FillListener, StoreListener, RejectionListener, OutboxListener {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
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
    for (Decided decided : Decided.values()) {
      requests.put(
          decided,
          counter("streamcache_requests", "Requests answered", "decision", decided.name()));
      firstBytes.put(decided, firstByte(decided));
    }
    Gauge.builder("streamcache_playbacks", playing, AtomicLong::doubleValue)
        .description("Playbacks under way")
        .register(registry);
    Gauge.builder("streamcache_connections", connections, AtomicLong::doubleValue)
        .description("Connections to providers that have answered")
        .register(registry);
  }

  private Timer firstByte(Decided decided) {
    return Timer.builder("streamcache_first_byte")
        .description("From a request to its first body byte")
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
    gauge("streamcache_store_used_bytes", "Allocated bytes", usage, StoreUsage::usedBytes);
    gauge("streamcache_store_max_bytes", "The limit", usage, StoreUsage::maxBytes);
    gauge("streamcache_disk_free_bytes", "Left on the disk", usage, StoreUsage::diskFreeBytes);
    gauge("streamcache_store_titles", "Titles with bytes", usage, StoreUsage::titles);
    gauge(
        "streamcache_store_takes_bytes",
        "1 while writes succeed",
        usage,
        value -> value.takesBytes() ? 1 : 0);
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
  public void started() {
    playing.incrementAndGet();
  }

  @Override
  public void ended(PlaybackRecord playback) {
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
      counter(
              "streamcache_refusals",
              "Askers told why they get nothing",
              "cause",
              Cause.of(failure).label())
          .increment();
    }
    if (playback.ended() instanceof Ended.Cut) {
      String decision = playback.decided().map(Decided::name).orElse("REFUSED");
      counter("streamcache_cut_playbacks", "Answers cut short", "decision", decision).increment();
    }
  }

  @Override
  public void turnedAway(Request request, InetAddress client, Rejection rejection) {
    counter(
            "streamcache_refusals",
            "Askers told why they get nothing",
            "cause",
            rejection.cause().label())
        .increment();
  }

  @Override
  public void opened(TitleKey title, AccountId account, long start, Duration firstByte) {
    connections.incrementAndGet();
    Timer.builder("streamcache_provider_first_byte")
        .description("From a request to a provider to its first body byte")
        .register(registry)
        .record(firstByte);
  }

  @Override
  public void closed(
      TitleKey title, AccountId account, long bytes, long stored, boolean answered, Ending ending) {
    if (answered) {
      connections.decrementAndGet();
    }
    counter("streamcache_provider_bytes", "Bytes from providers", "use", "stored")
        .increment((double) stored);
    counter("streamcache_provider_bytes", "Bytes from providers", "use", "dropped")
        .increment((double) (bytes - stored));
    String how =
        switch (ending) {
          case Ending.Finished _ -> "finished";
          case Ending.Closed _ -> "closed";
          case Ending.Failed(Failure failure) -> Cause.of(failure).label();
          case Ending.Refused _ -> "store-refused";
        };
    counter(
            "streamcache_provider_connections",
            "Connections to providers that have ended",
            "ending",
            how)
        .increment();
  }

  @Override
  public void completed(TitleKey title, long total) {
    counter("streamcache_fills_completed", "Titles downloaded to their last byte").increment();
  }

  @Override
  public void checked(TitleKey title, AccountId account, Checked outcome) {
    String how =
        switch (outcome) {
          case Checked.Unchanged _ -> "unchanged";
          case Checked.Changed _ -> "changed";
          case Checked.Failed _ -> "failed";
          case Checked.Skipped _ -> "skipped";
        };
    Counter.builder("streamcache_revalidations")
        .description("Complete titles whose provider was to say whether the file has changed")
        .tag("outcome", how)
        .register(registry)
        .increment();
  }

  @Override
  public void failed(TitleKey title, AccountId account, Failure failure) {
    counter(
            "streamcache_errors",
            "Titles given up for a moment",
            "cause",
            Cause.of(failure).label())
        .increment();
  }

  @Override
  public void evicted(TitleKey key, long bytes) {
    counter("streamcache_evictions", "Titles given up").increment();
    counter("streamcache_evicted_bytes", "Bytes given up").increment((double) bytes);
  }

  @Override
  public void trouble(StoreException.Cause cause, String sentence) {
    counter("streamcache_store_troubles", "Troubles of the disk", "cause", cause.name())
        .increment();
  }

  @Override
  public void healed() {
    counter("streamcache_store_healed", "Ends of a trouble of the disk").increment();
  }

  @Override
  public void atLimit() {
    counter(
            "streamcache_store_at_limit",
            "Times that the limit refused bytes and nothing could be given up")
        .increment();
  }

  @Override
  public void distrusted(TitleKey key, long bytes, String reason) {
    counter(
            "streamcache_store_distrusted_bytes",
            "Bytes that could not be trusted and are fetched again")
        .increment((double) bytes);
  }

  @Override
  public void news(OutboxEvent event) {
    String what = event.kind().name().toLowerCase(Locale.ROOT);
    counter(
            "streamcache_outbox",
            "Deliveries to Seerr and the webhook, by result",
            "outbox",
            event.outbox(),
            "what",
            what)
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
