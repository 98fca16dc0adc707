package streamcache.metrics;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;
import streamcache.event.Event;
import streamcache.event.RequestMark;
import streamcache.fill.Checked;
import streamcache.fill.Ending;
import streamcache.fill.FillEvent;
import streamcache.fill.SideQueryEnded;
import streamcache.library.LibraryEvent;
import streamcache.origin.Failure;
import streamcache.outbox.OutboxEvent;
import streamcache.playback.Decided;
import streamcache.playback.Ended;
import streamcache.playback.PlaybackEvent;
import streamcache.playback.PlaybackRecord;
import streamcache.playback.Request;
import streamcache.store.StoreEvent;
import streamcache.store.StoreException;
import streamcache.trouble.Cause;
import streamcache.trouble.Rejection;
import streamcache.trouble.RequestRejected;

/**
 * Writes one line for each event an operator would act on, with stable names and keys, and one line
 * for what a client has played of a title; its single playbacks are logged for debugging only. The
 * lines contain title names, keys and hosts, but nothing that gives access.
 */
public final class EventLog implements Consumer<Event>, AutoCloseable {

  private static final Logger ACCESS = LoggerFactory.getLogger("access");
  private static final Logger FILL = LoggerFactory.getLogger("fill");
  private static final Logger STORE = LoggerFactory.getLogger("store");
  private static final Logger OUTBOX = LoggerFactory.getLogger("outbox");

  private final Function<Request, InetAddress> clients;
  private final Plays plays = new Plays(System::nanoTime, EventLog::log);

  /**
   * @param clients the client of a request, behind the proxies that are trusted
   */
  public EventLog(Function<Request, InetAddress> clients) {
    this.clients = clients;
  }

  /** Starts the thread that logs plays once they are over. */
  public void start() {
    plays.start();
  }

  /** Logs the plays that are not over yet. */
  @Override
  public void close() {
    plays.close();
  }

  @Override
  public void accept(Event event) {
    switch (event) {
      case PlaybackEvent playback -> log(playback);
      // Published by any thread, also by one that works for another title's request.
      case FillEvent fill -> RequestMark.during("", () -> log(fill));
      case StoreEvent store -> RequestMark.during("", () -> log(store));
      case RequestRejected rejected -> log(rejected);
      case OutboxEvent outbox -> log(outbox);
      case LibraryEvent library -> LibraryLog.log(library);
      case SideQueryEnded ended -> log(ended);
      default -> {}
    }
  }

  /** The line of an unanswered playback is written once its status is known. */
  private void log(PlaybackEvent event) {
    switch (event) {
      case PlaybackEvent.Started _ -> {}
      case PlaybackEvent.Finished(PlaybackRecord playback) -> {
        if (!(playback.ended() instanceof Ended.Unanswered)) {
          plays.add(clients.apply(playback.request()), playback);
          log(playback, Level.DEBUG);
        }
      }
      case PlaybackEvent.Refused(PlaybackRecord playback) -> log(playback, Level.INFO);
    }
  }

  private static void log(Play play) {
    PlaybackRecord first = play.first();
    named(line(ACCESS, Level.INFO, RequestMark.KEY, first.requestId()), first.request())
        .addKeyValue("client", () -> ClientName.of(play.client()))
        .addKeyValue("title", first.link().name())
        .addKeyValue("key", first.link().key().brief())
        .addKeyValue("host", first.link().url().shownHost())
        .addKeyValue("cache", play.decided())
        .addKeyValue("requests", play.requests())
        .addKeyValue("cuts", play.cuts())
        .addKeyValue("bytes", play.bytes())
        .addKeyValue("store", play.fromStore())
        .addKeyValue("provider", play.bytes() - play.fromStore())
        .addKeyValue("first_byte_ms", millis(first.firstByte()))
        .addKeyValue("took_ms", millis(play.took()))
        .addKeyValue("ended", words(play.last().ended()))
        .log("play");
  }

  private void log(PlaybackRecord playback, Level level) {
    if (!ACCESS.isEnabledForLevel(level)) {
      return;
    }
    named(line(ACCESS, level, RequestMark.KEY, playback.requestId()), playback.request())
        .addKeyValue("client", () -> ClientName.of(clients.apply(playback.request())))
        .addKeyValue("method", playback.method())
        .addKeyValue("title", playback.link().name())
        .addKeyValue("key", playback.link().key().brief())
        .addKeyValue("host", playback.link().url().shownHost())
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

  private static void log(RequestRejected event) {
    Rejection rejection = event.rejection();
    named(line(ACCESS, Level.WARN, RequestMark.KEY, event.request().id()), event.request())
        .addKeyValue("client", event.client().getHostAddress())
        .addKeyValue("status", rejection.cause().status())
        .addKeyValue("cause", rejection.cause().label())
        .addKeyValue("why", rejection.hint())
        .log("request-rejected");
  }

  private static void log(FillEvent event) {
    switch (event) {
      case FillEvent.ConnectionOpened opened ->
          line(FILL, Level.INFO, "key", opened.title().brief())
              .addKeyValue("account", opened.account())
              .addKeyValue("start", opened.start())
              .addKeyValue("purpose", opened.purposeWord())
              .addKeyValue("first_byte_ms", millis(opened.firstByte()))
              .addKeyValue(RequestMark.KEY, idOrNull(opened.request()))
              .log("connection-opened");
      case FillEvent.ConnectionClosed closed ->
          line(FILL, Level.INFO, "key", closed.title().brief())
              .addKeyValue("account", closed.account())
              .addKeyValue("bytes", closed.bytes())
              .addKeyValue("stored", closed.stored())
              .addKeyValue("ending", words(closed.ending()))
              .addKeyValue(RequestMark.KEY, idOrNull(closed.request()))
              .log("connection-closed");
      case FillEvent.TitleCopied copied ->
          line(FILL, Level.INFO, "key", copied.title().brief())
              .addKeyValue("account", copied.account())
              .addKeyValue("start", copied.start())
              .addKeyValue("bytes", copied.bytes())
              .addKeyValue(RequestMark.KEY, idOrNull(copied.request()))
              .log("title-copied");
      case FillEvent.PassClosed closed ->
          line(FILL, Level.INFO, "key", closed.title().brief())
              .addKeyValue("account", closed.account())
              .addKeyValue("start", closed.start())
              .addKeyValue("bytes", closed.bytes())
              .addKeyValue("cause", closed.failure().map(why -> Cause.of(why).label()).orElse(null))
              .log("pass-closed");
      case FillEvent.TitleCompleted completed ->
          line(FILL, Level.INFO, "key", completed.title().brief())
              .addKeyValue("total", completed.total())
              .log("title-complete");
      case FillEvent.TitleChecked checked -> log(checked);
      case FillEvent.TitleFailed failed ->
          withFailure(
                  line(FILL, Level.WARN, "key", failed.title().brief())
                      .addKeyValue("account", failed.account()),
                  failed.failure())
              .log("title-failed");
    }
  }

  private static void log(SideQueryEnded ended) {
    line(FILL, Level.DEBUG, "account", ended.account())
        .addKeyValue("purpose", ended.purpose().word())
        .addKeyValue("took_ms", millis(ended.took()))
        .addKeyValue("cause", ended.failure().map(why -> Cause.of(why).label()).orElse(null))
        .log("side-query");
  }

  private static void log(FillEvent.TitleChecked checked) {
    LoggingEventBuilder line =
        line(FILL, Level.INFO, "key", checked.title().brief())
            .addKeyValue("account", checked.account());
    switch (checked.outcome()) {
      case Checked.Changed(OptionalLong before, OptionalLong after) ->
          line.addKeyValue("before", before.orElse(-1))
              .addKeyValue("after", after.orElse(-1))
              .log("title-changed");
      case Checked.Failed(Failure failure) -> withFailure(line, failure).log("check-failed");
      case Checked.Unchanged _, Checked.Skipped _ -> {}
    }
  }

  private static LoggingEventBuilder withFailure(LoggingEventBuilder line, Failure failure) {
    return line.addKeyValue("cause", Cause.of(failure).label())
        .addKeyValue("upstream_status", failure.upstreamStatus().orElse(0))
        .addKeyValue("detail", failure.detail());
  }

  private static void log(StoreEvent event) {
    switch (event) {
      case StoreEvent.Evicted evicted ->
          line(STORE, Level.INFO, "key", evicted.title().brief())
              .addKeyValue("bytes", evicted.bytes())
              .log("evicted");
      case StoreEvent.Failed failed ->
          line(STORE, Level.ERROR, "cause", failed.cause())
              .addKeyValue("what", failed.sentence())
              .log("store-failed");
      case StoreEvent.Recovered _ -> STORE.atInfo().log("store-recovered");
      case StoreEvent.AtLimit _ ->
          STORE
              .atWarn()
              .addKeyValue(
                  "what", "nothing can be evicted now; CACHE_MAX_BYTES is too small for this use")
              .log("cache-at-limit");
      case StoreEvent.Invalidated invalidated ->
          line(STORE, Level.WARN, "key", invalidated.title().brief())
              .addKeyValue("bytes", invalidated.bytes())
              .addKeyValue("reason", invalidated.reason())
              .log("bytes-invalidated");
    }
  }

  private static void log(OutboxEvent event) {
    boolean isEntry = !event.id().isEmpty();
    LoggingEventBuilder line = OUTBOX.atLevel(level(event.kind()));
    (isEntry ? line.addKeyValue("key", event.id()).addKeyValue("about", event.about()) : line)
        .addKeyValue("what", event.words())
        .log(event.outbox() + "-" + event.kind().word());
  }

  private static Level level(OutboxEvent.Kind kind) {
    return switch (kind) {
      case QUEUED, DELIVERED, DRY_RUN, DEFERRED, AVAILABLE -> Level.INFO;
      case REFUSED, UNAVAILABLE -> Level.WARN;
    };
  }

  /** Adds the id that a proxy or a player has given the request, by which its own log is found. */
  private static LoggingEventBuilder named(LoggingEventBuilder line, Request request) {
    return request.idOfClient().map(id -> line.addKeyValue("client_request", id)).orElse(line);
  }

  /** The log writes an unknown value. */
  private static @Nullable String idOrNull(String id) {
    return id.isEmpty() ? null : id;
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
      case Ended.NotBegun _ -> "rejected";
    };
  }

  private static String words(Ending ending) {
    return switch (ending) {
      case Ending.Finished _ -> "finished";
      case Ending.Capped _ -> "capped";
      case Ending.Closed _ -> "closed";
      case Ending.Failed(Failure failure) -> Cause.of(failure).label() + ": " + failure.detail();
      case Ending.Refused(StoreException.Cause cause) -> "store-refused: " + cause;
    };
  }
}
