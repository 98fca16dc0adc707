package streamcache.metrics;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;
import streamcache.fill.Ending;
import streamcache.fill.FillListener;
import streamcache.link.AccountId;
import streamcache.link.TitleKey;
import streamcache.origin.Failure;
import streamcache.outbox.News;
import streamcache.outbox.NewsListener;
import streamcache.playback.Ended;
import streamcache.playback.PlaybackListener;
import streamcache.playback.PlaybackRecord;
import streamcache.playback.Request;
import streamcache.store.StoreException;
import streamcache.store.StoreListener;
import streamcache.trouble.Cause;
import streamcache.trouble.Objection;
import streamcache.trouble.ObjectionListener;

/**
 * One line per event an operator would act on, with stable names and keys; one access line per
 * playback. Holds title names, keys, hosts, and nothing that opens a door.
 */
public final class EventLog
    implements PlaybackListener, FillListener, StoreListener, ObjectionListener, NewsListener {

  private static final Logger ACCESS = LoggerFactory.getLogger("access");
  private static final Logger FILL = LoggerFactory.getLogger("fill");
  private static final Logger STORE = LoggerFactory.getLogger("store");
  private static final Logger OUTBOX = LoggerFactory.getLogger("outbox");

  @Override
  public void started() {}

  @Override
  public void ended(PlaybackRecord playback) {
    line(ACCESS, Level.INFO, "request", playback.requestId())
        .addKeyValue("method", playback.method())
        .addKeyValue("title", playback.link().name())
        .addKeyValue("key", playback.link().key().brief())
        .addKeyValue("host", playback.link().url().host())
        .addKeyValue("status", playback.status() == 0 ? "-" : playback.status())
        .addKeyValue("cache", playback.decided())
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
  public void turnedAway(Request request, InetAddress client, Objection objection) {
    line(ACCESS, Level.WARN, "request", request.id())
        .addKeyValue("client", client.getHostAddress())
        .addKeyValue("cause", objection.cause().label())
        .addKeyValue("why", objection.hint())
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
  public void news(News news) {
    boolean isEntry = !news.id().isEmpty();
    LoggingEventBuilder line = OUTBOX.atLevel(level(news.kind()));
    (isEntry ? line.addKeyValue("key", news.id()).addKeyValue("about", news.about()) : line)
        .addKeyValue("what", news.words())
        .log(news.outbox() + "-" + word(news.kind()));
  }

  private static Level level(News.Kind kind) {
    return switch (kind) {
      case QUEUED, DONE, WOULD, WELL, LATER -> Level.INFO;
      case REFUSED, TROUBLE -> Level.WARN;
    };
  }

  private static String word(News.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static LoggingEventBuilder line(Logger logger, Level level, String key, Object value) {
    return logger.atLevel(level).addKeyValue(key, value);
  }

  private static String millis(Duration duration) {
    long tenths = Math.round(duration.toNanos() / 1e5);
    return tenths / 10 + "." + tenths % 10;
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
