package streamcache.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import streamcache.http.Clients;
import streamcache.link.BadLink;
import streamcache.link.LinkForm;
import streamcache.link.Links;
import streamcache.link.OpenedLink;
import streamcache.playback.ClientGone;
import streamcache.playback.Exchange;
import streamcache.playback.Handler;
import streamcache.playback.Headers;
import streamcache.playback.RelayedClient;
import streamcache.playback.Request;
import streamcache.playback.Unreadable;
import streamcache.range.ByteRange;
import streamcache.range.RangeHeader;

/**
 * What a running server answers to commands that ask it as a player would, through whatever lies
 * between: which server it is, what has arrived of the request, and a file of known bytes. Only a
 * process with the server's key can ask, since the link is sealed and expires within minutes. All
 * other requests are the players'. Any thread.
 */
final class SelfCheck implements Handler {

  /** Precedes what is asked for, in the query of a link; no other link is opened here. */
  static final String MARK = "?self-check=";

  /** What the link leads to; no such host can exist. */
  static final String URL = "http://streamcache.invalid/self-check";

  /** How long a link may be valid at most. */
  static final Duration LIFE = Duration.ofMinutes(2);

  /** Of the file. More than the sockets between a server and a player hold. */
  static final long LENGTH = 48L << 20;

  static final String INSTANCE = "Streamcache-Instance";
  static final String SEEN_RANGE = "Streamcache-Seen-Range";
  static final String SEEN_CLIENT = "Streamcache-Seen-Client";
  static final String NONE = "none";
  static final String HIDDEN = "hidden by ";

  private static final int PART = 64 * 1024;

  /** Of the newest runs, how much of the file the system has taken. */
  private static final int MOST_RUNS = 8;

  private final Handler players;
  private final Links links;
  private final Clients clients;
  private final String instance;
  private final InstantSource clock;
  private final Map<String, LongSupplier> runs = new LinkedHashMap<>();

  /**
   * @param players answers all other requests
   * @param instance identifies this server
   */
  SelfCheck(Handler players, Links links, Clients clients, String instance, InstantSource clock) {
    this.players = players;
    this.links = links;
    this.clients = clients;
    this.instance = instance;
    this.clock = clock;
  }

  /** The byte of the file at a position. */
  static byte at(long position) {
    return (byte) ((position * 31) >>> 5);
  }

  @Override
  public Handler judge(Request request) {
    int query = request.target().indexOf(MARK);
    return query > 0 && isOfCommand(request.target().substring(0, query))
        ? this::answer
        : players.judge(request);
  }

  @Override
  public void handle(Exchange exchange) throws ClientGone, Unreadable {
    judge(exchange.request()).handle(exchange);
  }

  private boolean isOfCommand(String path) {
    if (LinkForm.of(path).filter(LinkForm.SEALED::equals).isEmpty()) {
      return false;
    }
    try {
      OpenedLink opened = links.open(path);
      Instant now = clock.instant();
      return opened.text().equals(URL)
          && !opened.hasExpired(now)
          && opened.expires().filter(end -> end.isBefore(now.plus(LIFE))).isPresent();
    } catch (BadLink unknown) {
      return false;
    }
  }

  private void answer(Exchange exchange) throws ClientGone {
    String target = exchange.request().target();
    String asked = target.substring(target.indexOf(MARK) + MARK.length());
    if (asked.equals("about")) {
      text(exchange, SelfCheckAbout.ofThisProcess(instance).json());
    } else if (asked.startsWith("sent-")) {
      text(exchange, Long.toString(sent(asked.substring("sent-".length()))));
    } else {
      file(exchange, asked);
    }
  }

  private void file(Exchange exchange, String run) throws ClientGone {
    Optional<String> written = exchange.request().headers().first("Range");
    Optional<ByteRange> part = written.flatMap(RangeHeader::parse).flatMap(SelfCheck::single);
    ByteRange range = part.orElse(new ByteRange(0, LENGTH));
    Headers headers =
        seen(exchange.request())
            .add("Content-Type", "video/x-matroska")
            .add("Content-Length", Long.toString(range.length()))
            .add("Accept-Ranges", "bytes")
            .add("Cache-Control", "no-store");
    if (part.isPresent()) {
      headers.add(
          "Content-Range", "bytes %d-%d/%d".formatted(range.start(), range.end() - 1, LENGTH));
    }
    remember(run, exchange);
    exchange.head(part.isPresent() ? 206 : 200, headers);
    if (!exchange.request().method().equals("HEAD")) {
      send(exchange, range);
    }
    exchange.end();
  }

  private static Optional<ByteRange> single(List<RangeHeader.Spec> specs) {
    return RangeHeader.resolve(specs, LENGTH) instanceof RangeHeader.Single(ByteRange range)
        ? Optional.of(range)
        : Optional.empty();
  }

  private Headers seen(Request request) {
    RelayedClient client = clients.relayed(request);
    return new Headers()
        .add(INSTANCE, instance)
        .add(SEEN_RANGE, request.headers().first("Range").orElse(NONE))
        .add(SEEN_CLIENT, (client.isHidden() ? HIDDEN : "") + client.address().getHostAddress());
  }

  private static void send(Exchange exchange, ByteRange range) throws ClientGone {
    byte[] part = new byte[PART];
    for (long from = range.start(); from < range.end(); from += PART) {
      int length = (int) Math.min(PART, range.end() - from);
      for (int i = 0; i < length; i++) {
        part[i] = at(from + i);
      }
      exchange.body(ByteBuffer.wrap(part, 0, length));
    }
  }

  private void remember(String run, Exchange exchange) {
    synchronized (runs) {
      runs.remove(run);
      runs.put(run, exchange::sent);
      if (runs.size() > MOST_RUNS) {
        runs.remove(runs.keySet().iterator().next());
      }
    }
  }

  /** How much of a run's file the system has taken; 0 of one that is not known. */
  private long sent(String run) {
    synchronized (runs) {
      LongSupplier sent = runs.get(run);
      return sent == null ? 0 : sent.getAsLong();
    }
  }

  private static void text(Exchange exchange, String text) throws ClientGone {
    byte[] bytes = text.getBytes(UTF_8);
    exchange.head(
        /* status= */ 200,
        new Headers()
            .add("Content-Type", "application/json")
            .add("Content-Length", Integer.toString(bytes.length))
            .add("Cache-Control", "no-store"));
    if (!exchange.request().method().equals("HEAD")) {
      exchange.body(ByteBuffer.wrap(bytes));
    }
    exchange.end();
  }
}
