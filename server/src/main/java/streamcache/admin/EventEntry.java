package streamcache.admin;

import java.time.Instant;
import java.util.Optional;
import streamcache.event.Event;
import streamcache.link.Link;
import streamcache.playback.PlaybackEvent;
import streamcache.playback.PlaybackRecord;
import streamcache.store.StoreEvent;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event as programs read it: that of the timeline, and what the timeline does not keep. Names,
 * hosts and digests, no URL. Pure.
 */
record EventEntry(TimelineEntry timeline) {

  /** Empty for an event that says nothing about plays, providers and the store. */
  Optional<ObjectNode> of(Event event, Instant at) {
    return switch (event) {
      case PlaybackEvent.Started started -> Optional.of(began(started, at));
      case PlaybackEvent.Finished(PlaybackRecord playback) ->
          Optional.of(timeline.playback("play-ended", playback, at));
      case PlaybackEvent.Refused(PlaybackRecord playback) ->
          Optional.of(
              timeline.playback("play-refused", playback, at).put("status", playback.status()));
      case StoreEvent.Failed failed ->
          Optional.of(plain("store-failed", at).put("words", failed.sentence()));
      case StoreEvent.Recovered _ -> Optional.of(plain("store-recovered", at));
      case StoreEvent.AtLimit _ -> Optional.of(plain("store-at-limit", at));
      default -> timeline.of(event, at);
    };
  }

  private ObjectNode began(PlaybackEvent.Started started, Instant at) {
    Link link = started.link();
    return timeline
        .entry("play-began", link.key(), at)
        .put("request", started.request().id())
        .put("account", link.account().value())
        .put("client", timeline.clients().apply(started.request()).getHostAddress());
  }

  private static ObjectNode plain(String event, Instant at) {
    return ApiAnswer.object().put("at", at.toString()).put("event", event);
  }
}
