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
 * Tells from what is seen which of it is worth a notice, once. Holds what a provider's failures in
 * a row and the disk have come to. Used by one thread.
 */
final class Watch {

  /** The janitor makes room meanwhile, as a rule. */
  private static final Duration LOW_FOR = Duration.ofMinutes(10);

  /** A provider that was asked longest ago is forgotten beyond this. */
  private static final int MOST_PROVIDERS = 256;

  /** A matter as it is with the notice of it. */
  record Found(Matter matter, Notice notice) {}

  private final long minFreeBytes;
  private final Map<String, Outage> outages =
      new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true);
  private @Nullable Instant lowSince;

  Watch(long minFreeBytes) {
    this.minFreeBytes = minFreeBytes;
  }

  Optional<Found> see(Sighting sighting, Matters matters) {
    return switch (sighting) {
      case Sighting.Gone gone -> gone(gone, matters.of("title:" + gone.key()));
      case Sighting.Failed failed when failed.failure() instanceof Failure.Denied ->
          refused(failed, matters.of("account:" + failed.account()));
      case Sighting.Failed failed -> failed(failed, matters.of(provider(failed.account())));
      case Sighting.Answered answered ->
          answered(answered, matters.of(provider(answered.account())));
      case Sighting.Disk disk -> disk(disk, matters.of("disk"));
    };
  }

  private static Optional<Found> gone(Sighting.Gone gone, Matter matter) {
    ObjectNode data =
        Notice.data()
            .put("title", gone.name())
            .put("key", gone.key().brief())
            .put("provider", host(gone.account()))
            .put("request", gone.requestId())
            .put("words", "The provider no longer has this title");
    return fresh(matter, Notice.Type.TITLE_GONE, gone.at(), data);
  }

  private static Optional<Found> refused(Sighting.Failed failed, Matter matter) {
    ObjectNode data =
        Notice.data()
            .put("provider", host(failed.account()))
            .put("account", failed.account().value())
            .put("words", Cause.of(failed.failure()).headline());
    failed.failure().upstreamStatus().ifPresent(status -> data.put("upstreamStatus", status));
    return fresh(matter, Notice.Type.ACCOUNT_REFUSED, failed.at(), data);
  }

  /** What was told lately is not told anew. */
  private static Optional<Found> fresh(
      Matter matter, Notice.Type type, Instant at, ObjectNode data) {
    if (matter.isFresh(at)) {
      return Optional.empty();
    }
    Notice notice = Notice.of(type, at, data);
    return Optional.of(new Found(matter.noticed(notice, /* staysOpen= */ false), notice));
  }

  private Optional<Found> failed(Sighting.Failed failed, Matter matter) {
    if (!failed.failure().isOfProvider()) {
      return Optional.empty();
    }
    String host = host(failed.account());
    Outage outage = outages.getOrDefault(host, Outage.begun(failed.at())).and(failed);
    outages.put(host, outage);
    if (outages.size() > MOST_PROVIDERS) {
      outages.remove(outages.keySet().iterator().next());
    }
    if (!outage.isDown() || matter.isOpen()) {
      return Optional.empty();
    }
    ObjectNode data =
        Notice.data()
            .put("provider", host)
            .put("since", outage.first().toString())
            .put("words", Cause.of(failed.failure()).headline());
    Notice notice = Notice.of(Notice.Type.PROVIDER_DOWN, failed.at(), data);
    return Optional.of(new Found(matter.noticed(notice, /* staysOpen= */ true), notice));
  }

  private Optional<Found> answered(Sighting.Answered answered, Matter matter) {
    String host = host(answered.account());
    outages.remove(host);
    if (!matter.isOpen()) {
      return Optional.empty();
    }
    ObjectNode data =
        Notice.data()
            .put("provider", host)
            .put("since", matter.noticed().toString())
            .put("words", "The provider brings films again");
    Notice notice = Notice.of(Notice.Type.PROVIDER_UP, answered.at(), data);
    return Optional.of(new Found(matter.noticed(notice, /* staysOpen= */ false), notice));
  }

  private Optional<Found> disk(Sighting.Disk disk, Matter matter) {
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
                    ? "The cache takes no more bytes; films play on without it"
                    : "The disk has less than CACHE_MIN_FREE_BYTES left");
    return fresh(matter, Notice.Type.DISK_NEARLY_FULL, disk.at(), data);
  }

  private static String provider(AccountId account) {
    return "provider:" + host(account);
  }

  /** With its port, without the user's digest. */
  private static String host(AccountId account) {
    return account.value().split("~", 2)[0];
  }
}
