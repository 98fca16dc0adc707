package streamcache.metrics;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;
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
import streamcache.trouble.Cause;
import streamcache.trouble.Rejection;
import streamcache.trouble.RejectionListener;

/**
 * Writes one line for each event an operator would act on, with stable names and keys, and one
 * access line for each playback. The lines contain title names, keys and hosts, but nothing that
 * gives access.
 */
public final class EventLog
    implements PlaybackListener, FillListener, StoreListener, RejectionListener, OutboxListener {

  private static final Logger ACCESS = LoggerFactory.getLogger("access");
  private static final Logger FILL = LoggerFactory.getLogger("fill");
  private static final Logger STORE = LoggerFactory.getLogger("store");
  private static final Logger OUTBOX = LoggerFactory.getLogger("outbox");

  private final Function<Request, InetAddress> clients;

  /**
   * @param clients the client of a request, behind the proxies that are trusted
   */
  public EventLog(Function<Request, InetAddress> clients) {
    this.clients = clients;
  }

  @Override
  public void started() {}

  @Override
  public void ended(PlaybackRecord playback) {
    if (!(playback.ended() instanceof Ended.Unanswered)) {
      access(playback);
    }
  }

  /** The access line of an unanswered playback is written here, once its status is known. */
  @Override
  public void refused(PlaybackRecord playback) {
    access(playback);
  }

  private void access(PlaybackRecord playback) {
    line(ACCESS, Level.INFO, "request", playback.requestId())
        .addKeyValue("client", () -> ClientName.of(clients.apply(playback.request())))
        .addKeyValue("method", playback.method())
        .addKeyValue("title", playback.link().name())
        .addKeyValue("key", playback.link().key().brief())
        .addKeyValue("host", playback.link().url().host())
        .addKeyValue("status", playback.status() == 0 ? null : playback.status())
        .addKeyValue("cache", playback.decided().map(Decided::name).orElse(null))
        .addKeyValue("range", playback.range())
        .addKeyValue("bytes", playback.bytes())
        .addKeyValue("store", playback.fromStore())
        .addKeyValue("provider", playback.bytes() - playback.fromStore())
        .addKeyValue("first_byte_ms", millis(playback.firstByte()))
        .addKeyValue("took_ms", millis(playback.took()))
        .addKeyValue("ended", words(playback.ended()))
        .log("playback");
  }

  @Override
  public void turnedAway(Request request, InetAddress client, Rejection rejection) {
    line(ACCESS, Level.WARN, "request", request.id())
        .addKeyValue("client", client.getHostAddress())
        .addKeyValue("status", rejection.cause().status())
        .addKeyValue("cause", rejection.cause().label())
        .addKeyValue("why", rejection.hint())
        .log("turned-away");
  }

  @Override
  public void opened(TitleKey title, AccountId account, long start, Duration firstByte) {
    line(FILL, Level.INFO, "key", title.brief())
        .addKeyValue("account", account)
        .addKeyValue("start", start)
        .addKeyValue("first_byte_ms", millis(firstByte))
        .log("connection-opened");
  }

  @Override
  public void closed(
      TitleKey title, AccountId account, long bytes, long stored, boolean answered, Ending ending) {
    line(FILL, Level.INFO, "key", title.brief())
        .addKeyValue("account", account)
        .addKeyValue("bytes", bytes)
        .addKeyValue("stored", stored)
        .addKeyValue("ending", words(ending))
        .log("connection-closed");
  }

  @Override
  public void completed(TitleKey title, long total) {
    line(FILL, Level.INFO, "key", title.brief()).addKeyValue("total", total).log("title-complete");
  }

  @Override
  public void checked(TitleKey title, AccountId account, Checked outcome) {
    switch (outcome) {
      case Checked.Changed(OptionalLong before, OptionalLong after) ->
          line(FILL, Level.INFO, "key", title.brief())
              .addKeyValue("account", account)
              .addKeyValue("before", before.orElse(-1))
              .addKeyValue("after", after.orElse(-1))
              .log("title-changed");
      case Checked.Failed(Failure failure) ->
          line(FILL, Level.INFO, "key", title.brief())
              .addKeyValue("account", account)
              .addKeyValue("cause", Cause.of(failure).label())
              .addKeyValue("upstream_status", failure.upstreamStatus().orElse(0))
              .addKeyValue("detail", failure.detail())
              .log("check-failed");
      case Checked.Unchanged _, Checked.Skipped _ -> {}
    }
  }

  @Override
  public void failed(TitleKey title, AccountId account, Failure failure) {
    line(FILL, Level.WARN, "key", title.brief())
        .addKeyValue("account", account)
        .addKeyValue("cause", Cause.of(failure).label())
        .addKeyValue("upstream_status", failure.upstreamStatus().orElse(0))
        .addKeyValue("detail", failure.detail())
        .log("title-failed");
  }

  @Override
  public void evicted(TitleKey key, long bytes) {
    line(STORE, Level.INFO, "key", key.brief()).addKeyValue("bytes", bytes).log("evicted");
  }

  @Override
  public void trouble(StoreException.Cause cause, String sentence) {
    line(STORE, Level.ERROR, "cause", cause).addKeyValue("what", sentence).log("store-trouble");
  }

  @Override
  public void healed() {
    STORE.atInfo().log("store-healed");
  }

  @Override
  public void atLimit() {
    STORE
        .atWarn()
        .addKeyValue("what", "nothing may be given up just now; CACHE_MAX_BYTES is small for this")
        .log("cache-at-limit");
  }

  @Override
  public void distrusted(TitleKey key, long bytes, String reason) {
    line(STORE, Level.WARN, "key", key.brief())
        .addKeyValue("bytes", bytes)
        .addKeyValue("reason", reason)
        .log("bytes-distrusted");
  }

  @Override
  public void news(OutboxEvent event) {
    boolean isEntry = !event.id().isEmpty();
    LoggingEventBuilder line = OUTBOX.atLevel(level(event.kind()));
    (isEntry ? line.addKeyValue("key", event.id()).addKeyValue("about", event.about()) : line)
        .addKeyValue("what", event.words())
        .log(event.outbox() + "-" + word(event.kind()));
  }

  private static Level level(OutboxEvent.Kind kind) {
    return switch (kind) {
      case QUEUED, DONE, WOULD, WELL, LATER -> Level.INFO;
      case REFUSED, TROUBLE -> Level.WARN;
    };
  }

  private static String word(OutboxEvent.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static LoggingEventBuilder line(Logger logger, Level level, String key, Object value) {
    return logger.atLevel(level).addKeyValue(key, value);
  }

  private static BigDecimal millis(Duration duration) {
    return BigDecimal.valueOf(Math.round(duration.toNanos() / 1e5), /* scale= */ 1);
  }

  private static String words(Ended ended) {
    return switch (ended) {
      case Ended.Done _ -> "done";
      case Ended.PlayerLeft _ -> "player-left";
      case Ended.Cut(String reason) -> "cut: " + reason;
      case Ended.Refused(Failure failure) -> "refused: " + Cause.of(failure).label();
      case Ended.NotBegun _ -> "turned-away";
    };
  }

  private static String words(Ending ending) {
    return switch (ending) {
      case Ending.Finished _ -> "finished";
      case Ending.Closed _ -> "closed";
      case Ending.Failed(Failure failure) -> Cause.of(failure).label() + ": " + failure.detail();
      case Ending.Refused(StoreException.Cause cause) -> "store-refused: " + cause;
    };
  }
}
