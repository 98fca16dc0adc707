package streamcache.cluster;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import streamcache.link.TitleKey;
import streamcache.playback.ClientGone;
import streamcache.playback.Exchange;
import streamcache.playback.Handler;
import streamcache.playback.Headers;
import streamcache.playback.Request;
import streamcache.playback.StoredPart;
import streamcache.playback.StoredTitles;

/**
 * Answers what other nodes ask for stored bytes of titles: HEAD says what there is, GET sends it.
 * Nothing is fetched for them. Any thread.
 */
final class StoredDoor implements Handler {

  /** Followed by the key of the title. */
  static final String TARGET = "/stored/";

  private static final Pattern KEY = Pattern.compile(TARGET + "([a-z2-7]{26})");
  private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{1,18})-([0-9]{0,18})");

  private final StoredTitles titles;

  StoredDoor(StoredTitles titles) {
    this.titles = titles;
  }

  static boolean concerns(Request request) {
    return request.target().startsWith(TARGET);
  }

  static String target(TitleKey title) {
    return TARGET + title.value();
  }

  /**
   * @param end Long.MAX_VALUE for all that follows
   */
  static String range(long start, long end) {
    return "bytes=" + start + "-" + (end == Long.MAX_VALUE ? "" : Long.toString(end - 1));
  }

  @Override
  public void handle(Exchange exchange) throws ClientGone {
    Request request = exchange.request();
    Matcher key = KEY.matcher(request.target());
    Matcher range = RANGE.matcher(request.headers().first("Range").orElse(""));
    if (!key.matches() || !range.matches()) {
      none(exchange);
      return;
    }
    long start = Long.parseLong(range.group(1));
    String last = range.group(2);
    long wanted = last.isEmpty() ? Long.MAX_VALUE : Long.parseLong(last) + 1;
    Optional<StoredPart> found = titles.part(new TitleKey(key.group(1)), start);
    if (found.isEmpty()) {
      none(exchange);
      return;
    }
    try (StoredPart part = found.get()) {
      send(exchange, part, Math.min(wanted, part.end()));
    }
  }

  private static void send(Exchange exchange, StoredPart part, long until) throws ClientGone {
    StoredHead head = new StoredHead(part.file(), part.begun(), part.end(), part.facts());
    long total = part.facts().total().orElseThrow();
    Headers headers =
        new Headers()
            .add("Content-Type", "application/octet-stream")
            .add("Content-Length", Long.toString(Math.max(0, until - part.start())))
            .add("Content-Range", "bytes " + part.start() + "-" + (until - 1) + "/" + total)
            .add(StoredHead.FIELD, head.sealed());
    exchange.head(206, headers);
    if (exchange.request().method().equals("HEAD")) {
      exchange.end();
    } else {
      part.send(exchange, until);
    }
  }

  private static void none(Exchange exchange) throws ClientGone {
    exchange.head(404, new Headers().add("Content-Length", "0"));
    exchange.end();
  }
}
