package streamcache.playback;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import streamcache.fill.ClientId;
import streamcache.fill.Demand;
import streamcache.fill.DemandTrouble;
import streamcache.fill.Held;
import streamcache.fill.Revalidation;
import streamcache.fill.Wish;
import streamcache.link.Link;
import streamcache.live.Broadcast;
import streamcache.origin.Failure;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;
import streamcache.store.Generation;
import streamcache.store.PromisedEnd;
import streamcache.store.Title;

/**
 * One request from link to last byte. Runs on the request's virtual thread, which waits here for
 * the store and for the player; uses a single generation from the moment it knows one, unless that
 * is superseded before anything is sent.
 */
final class Playback {

  private final Exchange exchange;
  private final Request request;
  private final Asked asked;
  private final Link link;
  private final Supplier<Title> opener;
  private final Function<Wish, Demand> demands;
  private final Revalidation revalidation;
  private final Patience patience;
  private final InstantSource clock;

  private final long begun = System.nanoTime();
  private @Nullable Demand demand;
  private final Tally tally = new Tally();

  /** Null until a demand is made or the head is sent. */
  private @Nullable Decided decided;

  /** Whether the title was unknown when the playback began, so that no byte was present. */
  private boolean isFirst;

  private int status;
  private String range = "-";

  /**
   * @param demands registers what is wanted of the title
   * @param revalidation checks whether the provider still has the same file
   */
  Playback(
      Exchange exchange,
      Asked asked,
      Supplier<Title> opener,
      Function<Wish, Demand> demands,
      Revalidation revalidation,
      Patience patience,
      InstantSource clock) {
    this.exchange = exchange;
    this.request = exchange.request();
    this.asked = asked;
    this.link = asked.link();
    this.opener = opener;
    this.demands = demands;
    this.revalidation = revalidation;
    this.patience = patience;
    this.clock = clock;
  }

  Ended run() {
    try (Title title = opener.get()) {
      if (title.generation().isEmpty() && !asked.mayBegin().getAsBoolean()) {
        return new Ended.NotBegun();
      }
      answer(title);
      return new Ended.Done();
    } catch (PlaybackRefused e) {
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
      return new Ended.Cut("the server is stopping");
    } finally {
      forgetDemand();
      patience.close();
    }
  }

  private void answer(Title title)
      throws PlaybackRefused, ClientGone, CutShort, InterruptedException {
    Optional<Generation> known = title.generation().filter(this::mayPlay);
    Optional<Held> earlier = known.flatMap(now -> revalidate(title, now));
    if (earlier.isPresent()) {
      try (Held before = earlier.get()) {
        answer(before.generation());
      }
      return;
    }
    Optional<Generation> generation = known.isPresent() ? known : learn();
    try {
      answer(generation);
    } catch (PlaybackRefused e) {
      if (!generation.map(Generation::isSuperseded).orElse(false)) {
        throw e;
      }
      // Nothing of the old generation was sent yet, so the player may have the new one.
      forgetDemand();
      Optional<Generation> newer = title.generation();
      answer(newer.isPresent() ? newer : learn());
    }
  }

  /**
   * Whether stored bytes may be sent. Those of a live channel without a length are what an earlier
   * version kept of the broadcast.
   */
  private boolean mayPlay(Generation stored) {
    return !link.isLive() || stored.total().isPresent();
  }

  /** Plays a broadcast if there is no generation. */
  private void answer(Optional<Generation> generation)
      throws PlaybackRefused, ClientGone, CutShort, InterruptedException {
    if (generation.isPresent()) {
      answer(generation.get());
    } else {
      broadcast();
    }
  }

  /**
   * Has the provider asked, in parallel with the playback, whether it still has this file, when
   * that is due.
   *
   * @return the earlier generation, if this request continues a playback of it; empty for HEAD,
   *     which reports the current one
   */
  private Optional<Held> revalidate(Title title, Generation generation) {
    boolean isReload = asked.isTrusted() && request.isReload();
    long now = clock.millis();
    if (!revalidation.concerns(title, generation, isReload, now)) {
      return Optional.empty();
    }
    revalidation.played(generation, wish(new ByteRange(0, Long.MAX_VALUE)), isReload, now);
    return request.method().equals("HEAD")
        ? Optional.empty()
        : revalidation.earlier(title.key(), client(), Plan.opens(request));
  }

  private void forgetDemand() {
    if (demand != null) {
      demand.close();
      demand = null;
    }
  }

  /**
   * Waits for the first generation of a title; other playbacks may be waiting for it too.
   *
   * @return empty if the title is a broadcast
   */
  private Optional<Generation> learn() throws PlaybackRefused, ClientGone, InterruptedException {
    isFirst = true;
    Demand wish = demand(Plan.firstWish(request));
    Optional<Generation> generation = wish.awaitGeneration(patience.forAnswer(), exchange::isGone);
    if (isUnknown(wish, generation) && wish.isInSight(patience.forSlot())) {
      generation = wish.awaitGeneration(patience.forSlot(), exchange::isGone);
    }
    if (isUnknown(wish, generation)) {
      generation =
          wish.awaitGeneration(
              patience.forFirstByte(), () -> exchange.isGone() || !wish.isProviderSilent());
    }
    if (!isUnknown(wish, generation)) {
      return generation;
    }
    if (exchange.isGone()) {
      throw new ClientGone("left while waiting for the provider");
    }
    throw new PlaybackRefused(failure(wish));
  }

  private static boolean isUnknown(Demand wish, Optional<Generation> generation) {
    return generation.isEmpty() && wish.broadcast().isEmpty();
  }

  /** Whatever range is asked for: a broadcast has none, and no validator to depend on. */
  private void broadcast() throws ClientGone, CutShort, InterruptedException {
    Demand wish = Objects.requireNonNull(demand, "the title was asked for");
    Broadcast broadcast = wish.broadcast().orElseThrow();
    decided = Decided.LIVE;
    Headers headers = BroadcastHeaders.of(broadcast, wish.joined());
    if (request.method().equals("HEAD")) {
      bare(200, headers);
      return;
    }
    head(200, headers);
    new BroadcastTransfer(exchange, patience, tally, wish).send(broadcast.window().join());
  }

  private void answer(Generation generation)
      throws PlaybackRefused, ClientGone, CutShort, InterruptedException {
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
      throws PlaybackRefused, ClientGone, CutShort, InterruptedException {
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
      throws PlaybackRefused, ClientGone, CutShort, InterruptedException {
    try (Transfer body = transfer(generation, part)) {
      body.awaitFirst();
      Headers headers = heads(generation, body).part(part);
      range = headers.first("Content-Range").orElseThrow();
      head(206, headers);
      body.send(part.end());
    }
    exchange.end();
  }

  /** Sends the bytes that have arrived by the time the first requested byte is present. */
  private void growing(Generation generation, Plan.Growing growing)
      throws PlaybackRefused, ClientGone, CutShort, InterruptedException {
    ByteRange asked = new ByteRange(growing.start(), growing.end());
    try (Transfer body = transfer(generation, asked)) {
      if (!body.awaitStart()) {
        long total = generation.total().orElseThrow();
        bare(416, heads(generation, body).unsatisfiable(total));
        return;
      }
      long until = PromisedEnd.reach(generation, asked.start());
      ByteRange part = new ByteRange(asked.start(), Math.min(asked.end(), until));
      Headers headers = heads(generation, body).part(part);
      range = headers.first("Content-Range").orElseThrow();
      head(206, headers);
      body.send(part.end());
    }
    exchange.end();
  }

  private void parts(Generation generation, Plan.Parts parts)
      throws PlaybackRefused, ClientGone, CutShort, InterruptedException {
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
    patience.answered();
    if (code / 100 == 2 && request.method().equals("GET")) {
      asked.plays().run();
    }
    exchange.head(code, headers);
  }

  private TitleHeaders heads(Generation generation) {
    return heads(generation, soFar());
  }

  private TitleHeaders heads(Generation generation, Transfer body) {
    return heads(generation, body.decided(soFar(), isFirst));
  }

  private TitleHeaders heads(Generation generation, Decided now) {
    decided = now;
    return new TitleHeaders(request, generation, now, clock);
  }

  /** A playback that made no demand has all its bytes from the store. */
  private Decided soFar() {
    return decided == null ? Decided.HIT : decided;
  }

  /** A complete title needs no connection; any other title is to be completed. */
  private Transfer transfer(Generation generation, ByteRange wanted) {
    RangeSet presentBefore = isFirst ? RangeSet.EMPTY : generation.present();
    Transfer body = new Transfer(exchange, generation, patience, tally, wanted, presentBefore);
    body.demand(() -> demand(wanted));
    return body;
  }

  /** The single demand of the playback; it moves with the reader. */
  private Demand demand(ByteRange wanted) {
    Demand present = demand;
    if (present != null) {
      present.moveTo(wanted.start(), wanted.end());
      return present;
    }
    Demand made = demands.apply(wish(wanted));
    exchange.onGone(made::wake);
    decided = made.joined() ? Decided.FOLLOW : Decided.MISS;
    demand = made;
    return made;
  }

  private Wish wish(ByteRange wanted) {
    boolean factsOnly = request.method().equals("HEAD");
    return new Wish(
        link,
        wanted.start(),
        wanted.end(),
        factsOnly,
        agent(request.headers()),
        client(),
        asked.isTrusted());
  }

  private ClientId client() {
    return ClientId.of(asked.client(), request.headers().first("User-Agent"));
  }

  private static Map<String, String> agent(Headers headers) {
    return headers.first("User-Agent").map(name -> Map.of("user-agent", name)).orElse(Map.of());
  }

  /** Why nothing can be sent: the failure of the fill, or that the time is over. */
  static Failure failure(Demand demand) {
    return demand
        .trouble()
        .map(trouble ->
            switch (trouble) {
              case DemandTrouble.Failed failed -> failed.failure();
              case DemandTrouble.StoreRefuses _ ->
                  new Failure.Broken(OptionalInt.empty(), "the store accepts no bytes");
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
        Optional.ofNullable(decided),
        range,
        tally.sent(),
        tally.fromStore(),
        Duration.ofNanos((firstByte == 0 ? now : firstByte) - begun),
        Duration.ofNanos(now - begun),
        ended);
  }
}
