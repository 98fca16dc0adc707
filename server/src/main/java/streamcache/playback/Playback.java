package streamcache.playback;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import streamcache.fill.Demand;
import streamcache.fill.Fills;
import streamcache.fill.Trouble;
import streamcache.fill.Wish;
import streamcache.link.Link;
import streamcache.origin.Failure;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;
import streamcache.settings.FillSettings;
import streamcache.store.Generation;
import streamcache.store.Store;
import streamcache.store.Title;

/**
 * One request from link to last byte. Runs on the request's virtual thread, which waits here for
 * the store and for the player; pinned to one generation from the moment it knows one.
 */
final class Playback {

  private final Exchange exchange;
  private final Request request;
  private final Asked asked;
  private final Link link;
  private final Store store;
  private final Fills fills;
  private final FillSettings settings;
  private final InstantSource clock;

  private final long begun = System.nanoTime();
  private @Nullable Demand demand;
  private final Tally tally = new Tally();
  private Decided decided = Decided.HIT;

  /** Nothing was known of the title when the playback began, so nothing can have been present. */
  private boolean isFirst;

  private int status;
  private String range = "-";

  Playback(
      Exchange exchange,
      Asked asked,
      Store store,
      Fills fills,
      FillSettings settings,
      InstantSource clock) {
    this.exchange = exchange;
    this.request = exchange.request();
    this.asked = asked;
    this.link = asked.link();
    this.store = store;
    this.fills = fills;
    this.settings = settings;
    this.clock = clock;
  }

  Ended run() {
    try (Title title = store.title(link.key())) {
      if (title.generation().isEmpty() && !asked.mayBegin().getAsBoolean()) {
        return new Ended.NotBegun();
      }
      answer(title);
      return new Ended.Done();
    } catch (Refusal e) {
      return new Ended.Refused(e.failure());
    } catch (ClientGone e) {
      exchange.abort();
      return new Ended.PlayerLeft();
    } catch (CutShort e) {
      exchange.abort();
      return new Ended.Cut(e.reason());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      exchange.abort();
      return new Ended.Cut("the server stops");
    } finally {
      forgetDemand();
    }
  }

  private void answer(Title title) throws Refusal, ClientGone, CutShort, InterruptedException {
    Optional<Generation> known = title.generation();
    Generation generation = known.isPresent() ? known.get() : learn();
    try {
      answer(generation);
    } catch (Refusal e) {
      if (!generation.isSuperseded()) {
        throw e;
      }
      // Nothing of the old one was answered yet, so the player may have the new one.
      forgetDemand();
      answer(title.generation().orElseThrow(() -> e));
    }
  }

  private void forgetDemand() {
    if (demand != null) {
      demand.close();
      demand = null;
    }
  }

  /** The first one to ask for this title, or one of many while it is being asked for. */
  private Generation learn() throws Refusal, ClientGone, InterruptedException {
    isFirst = true;
    Demand wish = demand(Plan.firstWish(request));
    Optional<Generation> generation =
        wish.awaitGeneration(settings.answerWithin(), exchange::isGone);
    Duration longer = settings.holdsLonger();
    if (generation.isEmpty() && wish.isInSight(longer)) {
      generation = wish.awaitGeneration(longer, exchange::isGone);
    }
    if (generation.isPresent()) {
      return generation.get();
    }
    if (exchange.isGone()) {
      throw new ClientGone("left while waiting for the provider");
    }
    throw new Refusal(failure(wish));
  }

  private void answer(Generation generation)
      throws Refusal, ClientGone, CutShort, InterruptedException {
    Plan plan = Plan.of(request, Resource.of(generation));
    switch (plan) {
      case Plan.NotModified _ -> bare(304, heads(generation).common());
      case Plan.PreconditionFailed _ -> bare(412, heads(generation).preconditionFailed());
      case Plan.Unsatisfiable unsatisfiable ->
          bare(416, heads(generation).unsatisfiable(unsatisfiable.total()));
      case Plan.Whole _ -> whole(generation);
      case Plan.Part part -> part(generation, part.range());
      case Plan.Parts parts -> parts(generation, parts);
      case Plan.Growing growing -> growing(generation, growing);
    }
  }

  private void whole(Generation generation)
      throws Refusal, ClientGone, CutShort, InterruptedException {
    if (request.method().equals("HEAD")) {
      bare(200, heads(generation).whole());
      return;
    }
    long end = generation.total().orElse(Long.MAX_VALUE);
    try (Transfer body = transfer(generation, new ByteRange(0, end))) {
      body.awaitFirst();
      head(200, heads(generation, body).whole());
      body.send(end);
    }
    exchange.end();
  }

  private void part(Generation generation, ByteRange part)
      throws Refusal, ClientGone, CutShort, InterruptedException {
    try (Transfer body = transfer(generation, part)) {
      body.awaitFirst();
      Headers headers = heads(generation, body).part(part);
      range = headers.first("Content-Range").orElseThrow();
      head(206, headers);
      body.send(part.end());
    }
    exchange.end();
  }

  /** What has arrived by the time the first byte asked for is there. */
  private void growing(Generation generation, Plan.Growing growing)
      throws Refusal, ClientGone, CutShort, InterruptedException {
    ByteRange asked = new ByteRange(growing.start(), growing.end());
    try (Transfer body = transfer(generation, asked)) {
      if (!body.awaitStart()) {
        long total = generation.total().orElseThrow();
        bare(416, heads(generation, body).unsatisfiable(total));
        return;
      }
      long until = generation.present().presentUntil(asked.start());
      ByteRange part = new ByteRange(asked.start(), Math.min(asked.end(), until));
      Headers headers = heads(generation, body).part(part);
      range = headers.first("Content-Range").orElseThrow();
      head(206, headers);
      body.send(part.end());
    }
    exchange.end();
  }

  private void parts(Generation generation, Plan.Parts parts)
      throws Refusal, ClientGone, CutShort, InterruptedException {
    Multipart multipart = heads(generation).multipart(parts.ranges());
    range = "several";
    for (Multipart.Section section : multipart.sections()) {
      try (Transfer body = transfer(generation, section.range())) {
        if (status == 0) {
          body.awaitFirst();
          head(206, heads(generation, body).parts(multipart));
        }
        exchange.body(StandardCharsets.ISO_8859_1.encode(section.head()));
        body.send(section.range().end());
      }
    }
    exchange.body(StandardCharsets.ISO_8859_1.encode(multipart.close()));
    exchange.end();
  }

  private void bare(int code, Headers headers) throws ClientGone {
    head(code, headers);
    exchange.end();
  }

  private void head(int code, Headers headers) throws ClientGone {
    status = code;
    exchange.head(code, headers);
  }

  private Answer heads(Generation generation) {
    return new Answer(generation, decided, clock);
  }

  private Answer heads(Generation generation, Transfer body) {
    decided = body.decided(decided, isFirst);
    return heads(generation);
  }

  /** A complete title needs nobody's line; any other is to be completed, whoever asks. */
  private Transfer transfer(Generation generation, ByteRange wanted) {
    RangeSet presentBefore = isFirst ? RangeSet.EMPTY : generation.present();
    Transfer body = new Transfer(exchange, generation, settings, tally, wanted, presentBefore);
    body.demand(() -> demand(wanted));
    return body;
  }

  /** The playback's one demand, which moves with it. */
  private Demand demand(ByteRange wanted) {
    Demand present = demand;
    if (present != null) {
      present.moveTo(wanted.start());
      return present;
    }
    boolean factsOnly = request.method().equals("HEAD");
    Wish wish =
        new Wish(
            link,
            wanted.start(),
            wanted.end(),
            factsOnly,
            agent(request.headers()),
            asked.isTrusted());
    Demand made = fills.demand(wish);
    exchange.onGone(made::wake);
    decided = made.joined() ? Decided.FOLLOW : Decided.MISS;
    demand = made;
    return made;
  }

  private static Map<String, String> agent(Headers headers) {
    return headers.first("User-Agent").map(name -> Map.of("user-agent", name)).orElse(Map.of());
  }

  /** Why nothing can be answered: what the fill says, or that the time is over. */
  static Failure failure(Demand demand) {
    return demand
        .trouble()
        .map(trouble ->
            switch (trouble) {
              case Trouble.Failed failed -> failed.failure();
              case Trouble.StoreRefuses _ ->
                  new Failure.Broken(OptionalInt.empty(), "the store takes no bytes");
            })
        .orElseGet(demand::excuse);
  }

  PlaybackRecord record(Ended ended) {
    long firstByte = tally.firstByteNanos();
    long now = System.nanoTime();
    return new PlaybackRecord(
        request,
        link,
        status,
        decided,
        range,
        tally.sent(),
        tally.fromStore(),
        Duration.ofNanos((firstByte == 0 ? now : firstByte) - begun),
        Duration.ofNanos(now - begun),
        ended);
  }
}
