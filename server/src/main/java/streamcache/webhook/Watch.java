package streamcache.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import streamcache.link.AccountId;
import streamcache.origin.Failure;
import streamcache.store.StoreUsage;
import streamcache.trouble.Cause;
import tools.jackson.databind.node.ObjectNode;

/**
 * Decides which events are worth a notice, each once. Tracks the consecutive failures of each
 * provider and how long the disk has been low. Used by one thread.
 */
final class Watch {

  /** The janitor usually frees space within this time. */
  private static final Duration LOW_FOR = Duration.ofMinutes(10);

  /** Beyond this many providers, the one used least recently is forgotten. */
  private static final int MOST_PROVIDERS = 256;

  /** An alert as changed, and the new notice in it. */
  record Found(Alert alert, Notice notice) {}

  private final long minFreeBytes;
  private final Map<String, Outage> outages =
      new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true);
  private @Nullable Instant lowSince;

  Watch(long minFreeBytes) {
    this.minFreeBytes = minFreeBytes;
  }

  Optional<Found> see(AlertEvent event, Alerts alerts) {
    return switch (event) {
      case AlertEvent.Gone gone -> gone(gone, alerts.of("title:" + gone.key()));
      case AlertEvent.Failed failed when failed.failure() instanceof Failure.Denied ->
          refused(failed, alerts.of("account:" + failed.account()));
      case AlertEvent.Failed failed -> failed(failed, alerts.of(provider(failed.account())));
      case AlertEvent.Answered answered ->
          answered(answered, alerts.of(provider(answered.account())));
      case AlertEvent.Disk disk -> disk(disk, alerts.of("disk"));
    };
  }

  private static Optional<Found> gone(AlertEvent.Gone gone, Alert alert) {
    ObjectNode data =
        Notice.data()
            .put("title", gone.name())
            .put("key", gone.key().brief())
            .put("provider", host(gone.account()))
            .put("request", gone.requestId())
            .put("words", "The provider no longer has this title");
    String subject = gone.name() + " at " + host(gone.account());
    return fresh(alert, Notice.Type.TITLE_GONE, gone.at(), subject, data);
  }

  private static Optional<Found> refused(AlertEvent.Failed failed, Alert alert) {
    ObjectNode data =
        Notice.data()
            .put("provider", host(failed.account()))
            .put("account", failed.account().value())
            .put("words", Cause.of(failed.failure()).headline());
    failed.failure().upstreamStatus().ifPresent(status -> data.put("upstreamStatus", status));
    String subject = failed.account().value();
    return fresh(alert, Notice.Type.ACCOUNT_REFUSED, failed.at(), subject, data);
  }

  /** Empty if the same was already noticed within {@code Alert.ONCE_IN}. */
  private static Optional<Found> fresh(
      Alert alert, Notice.Type type, Instant at, String subject, ObjectNode data) {
    if (alert.isFresh(at)) {
      return Optional.empty();
    }
    Notice notice = Notice.of(type, at, subject, data);
    return Optional.of(new Found(alert.noticed(notice, /* staysOpen= */ false), notice));
  }

  private Optional<Found> failed(AlertEvent.Failed failed, Alert alert) {
    if (!failed.failure().isOfProvider()) {
      return Optional.empty();
    }
    String host = host(failed.account());
    Outage outage = outages.getOrDefault(host, Outage.begun(failed.at())).and(failed);
    outages.put(host, outage);
    if (outages.size() > MOST_PROVIDERS) {
      outages.remove(outages.keySet().iterator().next());
    }
    if (!outage.isDown() || alert.isOpen()) {
      return Optional.empty();
    }
    ObjectNode data =
        Notice.data()
            .put("provider", host)
            .put("since", outage.first().toString())
            .put("words", Cause.of(failed.failure()).headline());
    Notice notice = Notice.of(Notice.Type.PROVIDER_DOWN, failed.at(), host, data);
    return Optional.of(new Found(alert.noticed(notice, /* staysOpen= */ true), notice));
  }

  private Optional<Found> answered(AlertEvent.Answered answered, Alert alert) {
    String host = host(answered.account());
    outages.remove(host);
    if (!alert.isOpen()) {
      return Optional.empty();
    }
    ObjectNode data =
        Notice.data()
            .put("provider", host)
            .put("since", alert.noticed().toString())
            .put("words", "The provider delivers films again");
    Notice notice = Notice.of(Notice.Type.PROVIDER_UP, answered.at(), host, data);
    return Optional.of(new Found(alert.noticed(notice, /* staysOpen= */ false), notice));
  }

  private Optional<Found> disk(AlertEvent.Disk disk, Alert alert) {
    StoreUsage usage = disk.usage();
    boolean isLow = disk.isFull() || usage.diskFreeBytes() < minFreeBytes;
    Instant since = lowSince == null ? disk.at() : lowSince;
    lowSince = isLow ? since : null;
    boolean isLasting = isLow && !since.plus(LOW_FOR).isAfter(disk.at());
    if (!disk.isFull() && !isLasting) {
      return Optional.empty();
    }
    ObjectNode data =
        Notice.data()
            .put("freeBytes", usage.diskFreeBytes())
            .put("usedBytes", usage.usedBytes())
            .put("maxBytes", usage.maxBytes())
            .put(
                "words",
                disk.isFull()
                    ? "The cache accepts no more bytes; films keep playing without it"
                    : "The disk has less than CACHE_MIN_FREE_BYTES free");
    return fresh(alert, Notice.Type.DISK_NEARLY_FULL, disk.at(), "The cache folder", data);
  }

  private static String provider(AccountId account) {
    return "provider:" + host(account);
  }

  /** Includes the port, but not the digest of the user. */
  private static String host(AccountId account) {
    return account.value().split("~", 2)[0];
  }
}
