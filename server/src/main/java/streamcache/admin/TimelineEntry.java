package streamcache.admin;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import streamcache.event.Event;
import streamcache.fill.Checked;
import streamcache.fill.Ending;
import streamcache.fill.FillEvent;
import streamcache.fill.SideQueryEnded;
import streamcache.link.TitleKey;
import streamcache.origin.Failure;
import streamcache.playback.Decided;
import streamcache.playback.Ended;
import streamcache.playback.PlaybackEvent;
import streamcache.playback.PlaybackRecord;
import streamcache.playback.Request;
import streamcache.store.StoreEvent;
import streamcache.trouble.Cause;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the timeline keeps of an event: everything that concerned a provider, and what made a player
 * go without bytes. Names, hosts and digests, no URL. Pure.
 *
 * @param names of titles by which people know them
 * @param clients of requests
 */
record TimelineEntry(
    Function<TitleKey, Optional<String>> names, Function<Request, InetAddress> clients) {

  private static final double NANOS = 1e9;
  private static final String REQUEST = "request";

  /** Empty for an event that says nothing about providers: a hit, or a check that was skipped. */
  Optional<ObjectNode> of(Event event, Instant now) {
    return switch (event) {
      case FillEvent.ConnectionOpened opened ->
          Optional.of(
              of(opened.request(), entry("connection-opened", opened.title(), now))
                  .put("account", opened.account().value())
                  .put("start", opened.start())
                  .put("purpose", opened.purpose().word())
                  .put("firstByteSeconds", seconds(opened.firstByte())));
      case FillEvent.ConnectionClosed closed -> Optional.of(closed(closed, now));
      case FillEvent.PassClosed closed -> Optional.of(passed(closed, now));
      case SideQueryEnded ended -> Optional.of(queried(ended, now));
      case FillEvent.TitleCompleted completed ->
          Optional.of(
              entry("title-complete", completed.title(), now).put("bytes", completed.total()));
      case FillEvent.TitleChecked checked -> checked(checked, now);
      case FillEvent.TitleFailed failed ->
          Optional.of(
              entry("title-failed", failed.title(), now)
                  .put("account", failed.account().value())
                  .put("ending", Cause.of(failed.failure()).label())
                  .put("words", Cause.of(failed.failure()).headline()));
      case PlaybackEvent.Finished(PlaybackRecord playback) -> finished(playback, now);
      case StoreEvent.Evicted evicted ->
          Optional.of(entry("evicted", evicted.title(), now).put("bytes", evicted.bytes()));
      default -> Optional.empty();
    };
  }

  private ObjectNode closed(FillEvent.ConnectionClosed closed, Instant now) {
    String name = closed.answered() ? "connection-closed" : "connection-refused";
    ObjectNode entry =
        of(closed.request(), entry(name, closed.title(), now))
            .put("account", closed.account().value())
            .put("start", closed.start())
            .put("purpose", closed.purpose().word())
            .put("bytes", closed.bytes())
            .put("storedBytes", closed.stored());
    Optional<Failure> failure =
        closed.ending() instanceof Ending.Failed failed
            ? Optional.of(failed.failure())
            : Optional.empty();
    return withFailure(entry, word(closed.ending()), failure);
  }

  private ObjectNode passed(FillEvent.PassClosed closed, Instant now) {
    return withFailure(
        entry("pass-closed", closed.title(), now)
            .put("account", closed.account().value())
            .put("start", closed.start())
            .put("bytes", closed.bytes()),
        "closed",
        closed.failure());
  }

  private static ObjectNode queried(SideQueryEnded ended, Instant now) {
    ObjectNode entry =
        entry("query", now)
            .put("account", ended.account().value())
            .put("purpose", ended.purpose().word())
            .put("seconds", seconds(ended.took()));
    return ended.isPreempted()
        ? entry.put("ending", "preempted")
        : withFailure(entry, "done", ended.failure());
  }

  private static ObjectNode withFailure(
      ObjectNode entry, String otherwise, Optional<Failure> failure) {
    entry.put("ending", failure.map(why -> Cause.of(why).label()).orElse(otherwise));
    failure.ifPresent(why -> entry.put("words", Cause.of(why).headline()));
    failure
        .map(Failure::upstreamStatus)
        .ifPresent(status -> status.ifPresent(code -> entry.put("upstreamStatus", code)));
    return entry;
  }

  private Optional<ObjectNode> checked(FillEvent.TitleChecked checked, Instant now) {
    String outcome =
        switch (checked.outcome()) {
          case Checked.Unchanged _ -> "unchanged";
          case Checked.Changed _ -> "changed";
          case Checked.Failed _ -> "failed";
          case Checked.Skipped _ -> "";
        };
    return outcome.isEmpty()
        ? Optional.empty()
        : Optional.of(
            entry("checked", checked.title(), now)
                .put("account", checked.account().value())
                .put("ending", outcome));
  }

  /** What came from the store and reached its player needs no explanation. */
  private Optional<ObjectNode> finished(PlaybackRecord playback, Instant now) {
    boolean isHit = playback.decided().filter(Decided.HIT::equals).isPresent();
    if (isHit && playback.ended() instanceof Ended.Done) {
      return Optional.empty();
    }
    return Optional.of(playback("request", playback, now));
  }

  /** How a playback went, under the given name. */
  ObjectNode playback(String event, PlaybackRecord playback, Instant now) {
    ObjectNode entry =
        entry(event, playback.link().key(), now)
            .put(REQUEST, playback.requestId())
            .put("account", playback.link().account().value())
            .put("client", clients.apply(playback.request()).getHostAddress())
            .put("decision", playback.decided().map(Decided::name).orElse("REFUSED"))
            .put("bytes", playback.bytes())
            .put("storedBytes", playback.fromStore())
            .put("firstByteSeconds", seconds(playback.firstByte()))
            .put("seconds", seconds(playback.took()));
    switch (playback.ended()) {
      case Ended.Refused(var failure) ->
          entry.put("ending", Cause.of(failure).label()).put("words", Cause.of(failure).headline());
      case Ended.Cut _ -> entry.put("ending", "cut");
      default -> entry.put("ending", "done");
    }
    return entry;
  }

  private static ObjectNode entry(String event, Instant now) {
    return ApiAnswer.object().put("at", now.toString()).put("event", event);
  }

  /** Names the request that caused it, if one did. */
  private static ObjectNode of(String request, ObjectNode entry) {
    return request.isEmpty() ? entry : entry.put(REQUEST, request);
  }

  ObjectNode entry(String event, TitleKey title, Instant now) {
    ObjectNode entry = entry(event, now).put("title", title.value());
    names.apply(title).ifPresent(name -> entry.put("name", name));
    return entry;
  }

  private static String word(Ending ending) {
    return switch (ending) {
      case Ending.Finished _ -> "finished";
      case Ending.Capped _ -> "capped";
      case Ending.Closed _ -> "closed";
      case Ending.Failed failed -> Cause.of(failed.failure()).label();
      case Ending.Refused _ -> "store-refused";
    };
  }

  private static double seconds(Duration time) {
    return time.toNanos() / NANOS;
  }
}
