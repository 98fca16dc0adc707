package streamcache.fill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import streamcache.link.Link;
import streamcache.origin.Failure;
import streamcache.origin.Fetch;
import streamcache.origin.HttpOrigin;
import streamcache.origin.Origin;
import streamcache.origin.OriginException;
import streamcache.origin.Upstream;
import streamcache.schedule.SideQueryTurn;
import streamcache.store.Generation;
import streamcache.store.Store;

/** What is requested from the origin: for whom, with which validator, and when it is abandoned. */
final class FillsTest extends FillsFixture {

  @Test
  void demand_ofOneNotTrusted_isNotFetchedAsTrusted() throws Exception {
    Fills fills = fills(FillsTest::forbiddenUnlessTrusted);
    Demand demand = fills.demand(wish(0, /* isTrusted= */ false));
    assertThat(known(demand)).isEmpty();
    assertThat(failure(demand)).isInstanceOf(Failure.Forbidden.class);
    assertThat(next().isTrusted()).isFalse();
    demand.close();
  }

  /** The title is in back-off after the first failure, but not for a trusted client. */
  @Test
  void demand_ofOneTrusted_doesNotInheritWhatWasForbidden() throws Exception {
    Fills fills = fills(FillsTest::forbiddenUnlessTrusted);
    Demand first = fills.demand(wish(0, /* isTrusted= */ false));
    assertThat(known(first)).isEmpty();
    Demand again = fills.demand(wish(0, /* isTrusted= */ false));
    assertThat(failure(again)).as("a burst is one attempt").isInstanceOf(Failure.Forbidden.class);
    Demand trusted = fills.demand(wish(0, /* isTrusted= */ true));
    assertThat(known(trusted)).isPresent();
    assertThat(List.of(next().isTrusted(), next().isTrusted())).containsExactly(false, true);
    List.of(first, again, trusted).forEach(Demand::close);
  }

  /** An untrusted client joins the running fill and does not end it for the trusted one. */
  @Test
  void demand_ofOneNotTrusted_doesNotTakeTheTrustOfTheOther() throws Exception {
    Fills fills = fills(fetch -> new Part(fetch, 200_000));
    Demand trusted = fills.demand(wish(0, /* isTrusted= */ true));
    assertThat(next().isTrusted()).isTrue();
    Demand other = fills.demand(wish(0, /* isTrusted= */ false));
    for (int i = 0; i < 3; i++) {
      assertThat(next().isTrusted()).as("after the cut").isTrue();
    }
    other.close();
    trusted.close();
  }

  @Test
  void fetch_farRangeOfAnUnknownTitle_comesAfterItsBeginning() throws Exception {
    Fills fills = fills(fetch -> new Part(fetch, 200_000));
    Demand demand = fills.demand(wish(1_000_000, /* isTrusted= */ true));
    Fetch beginning = next();
    assertThat(beginning.start()).isZero();
    assertThat(beginning.end()).hasValue(4096L);
    assertThat(beginning.ifRange()).isEmpty();
    Fetch far = next();
    assertThat(far.start()).isEqualTo(1_000_000);
    assertThat(far.ifRange()).contains("\"v\"");
    assertThat(next().start()).isEqualTo(1_200_000);
    demand.close();
  }

  /** No file begins in the store with bytes from its middle, whatever is stored already. */
  @Test
  void fetch_afterAnAnswerOfAnotherFile_asksForItsBeginning() throws Exception {
    int[] calls = new int[1];
    Fills fills =
        fills(fetch ->
            calls[0]++ < 2
                ? new Part(fetch, "\"v\"", 200_000)
                : new Part(fetch, "\"w\"", 200_000, /* seed= */ 4));
    Demand demand = fills.demand(wish(1_000_000, /* isTrusted= */ true));
    assertThat(List.of(next().start(), next().start())).containsExactly(0L, 1_000_000L);
    Fetch resumed = next();
    assertThat(resumed.start()).isEqualTo(1_200_000);
    assertThat(resumed.ifRange()).contains("\"v\"");
    Fetch sample = next();
    assertThat(sample.start()).as("of what is stored").isEqualTo(1_000_000);
    assertThat(sample.end()).hasValue(1_065_536);
    assertThat(sample.ifRange()).isEmpty();
    Fetch doubting = next();
    assertThat(doubting.start()).isZero();
    assertThat(doubting.ifRange()).isEmpty();
    assertThat(next().ifRange()).as("the new file has begun").contains("\"w\"");
    demand.close();
  }

  /** When the process stops, players may last a little longer than their fills. */
  @Test
  void close_whilePlayersWait_isNoErrorForThem() throws Exception {
    Fills fills = fills(fetch -> new Part(fetch, 200_000));
    Demand demand = fills.demand(wish(0, /* isTrusted= */ true));
    timer.generation(demand, LIMIT);
    fills.close();
    demand.block(LENGTH - 1);
    assertThat(demand.trouble()).isEmpty();
    demand.unblock();
    demand.close();
  }

  /** A title that waits to be completed holds open files, and links may name any number. */
  @Test
  void titles_leftByTheirPlayers_onlySomeWaitToBeCompleted() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    Fills fills =
        fills(fetch -> {
          if (fetch.start() > 0) {
            await(gate);
          }
          return new Part(fetch, LENGTH);
        });
    for (boolean factsOnly : new boolean[] {true, false}) {
      for (int title = 0; title < 60; title++) {
        Link link = link("http://provider.example/" + title + ".mkv");
        Demand demand =
            fills.demand(new Wish(link, 0, LENGTH, factsOnly, Map.of(), client(title), true));
        timer.generation(demand, LIMIT);
        demand.close();
      }
    }
    assertThat(fills.titles()).as("those that wait, and those under way").isBetween(32, 36);
    gate.countDown();
  }

  /** Otherwise they would be kept for ever, since nothing is known that could be completed. */
  @Test
  void titles_leftBeforeAnythingIsKnown_areForgotten() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    Fills fills =
        fills(fetch -> {
          await(gate);
          return null;
        });
    List<Demand> demands = new ArrayList<>();
    for (int title = 0; title < 20; title++) {
      Link link = link("http://provider.example/" + title + ".mkv");
      demands.add(fills.demand(new Wish(link, 0, Long.MAX_VALUE, false, Map.of(), CLIENT, true)));
    }
    demands.forEach(Demand::close);
    assertThat(fills.titles()).as("those whose connection is under way").isEqualTo(4);
    gate.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** A stop must not wait for a provider that accepts and then says nothing. */
  @Test
  void close_whileAConnectionIsBeingMade_isQuick() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
        HttpOrigin origin = new HttpOrigin(settings(), (_, addresses) -> addresses, "test")) {
      Store store = store();
      Fills fills = newFills(store, origin);
      Link link = link("https://127.0.0.1:" + silent.getLocalPort() + "/film.mkv");
      Demand demand =
          fills.demand(new Wish(link, 0, Long.MAX_VALUE, false, Map.of(), CLIENT, true));
      try (Socket accepted = silent.accept()) {
        assertThat(accepted.getInputStream().read()).as("its greeting").isPositive();
        long begun = System.nanoTime();
        demand.close();
        fills.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
      }
    }
  }

  /** Nor must a pass whose player has left. */
  @Test
  void pass_playerLeavesWhileItIsBeingMade_endsAtOnce() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
        HttpOrigin real = new HttpOrigin(settings(), (_, addresses) -> addresses, "test")) {
      Origin origin =
          (fetch, call) ->
              asked.add(fetch) && asked.size() == 1
                  ? new Part(fetch, LENGTH)
                  : real.open(fetch, call);
      Fills fills = newFills(store(), origin);
      open.add(fills);
      Link link = link("https://127.0.0.1:" + silent.getLocalPort() + "/film.mkv");
      Demand demand =
          fills.demand(new Wish(link, 0, Long.MAX_VALUE, false, Map.of(), CLIENT, true));
      Generation generation = timer.generation(demand, LIMIT);
      BlockingQueue<Runnable> onGone = new LinkedBlockingQueue<>();
      CompletableFuture<String> ended =
          CompletableFuture.supplyAsync(() -> endOfPass(demand, generation, onGone));
      try (Socket accepted = silent.accept()) {
        assertThat(accepted.getInputStream().read()).as("its greeting").isPositive();
        onGone.take().run();
        assertThat(ended.get(2, TimeUnit.SECONDS)).contains("closed");
      }
      demand.close();
    }
  }

  private static String endOfPass(
      Demand demand, Generation generation, BlockingQueue<Runnable> onGone) {
    try (Pass pass = demand.pass(generation, LIMIT, onGone::add)) {
      return "opened at " + pass.position();
    } catch (OriginException | InterruptedException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static Optional<String> ask(Fills fills, Link film, SideQuery<String> question)
      throws OriginException {
    return fills.sideQuery(film, QueryPurpose.IMPORT, SideQueryTurn.BESIDE_PLAYERS, question);
  }

  private Optional<String> sideQuery(Fills fills, Link film, String told) {
    try {
      return timer.result(() -> ask(fills, film, (_, _) -> told), LIMIT);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Optional<Generation> known(Demand demand) throws InterruptedException {
    return timer.result(
        () -> demand.awaitGeneration(LIMIT, () -> demand.trouble().isPresent()), LIMIT);
  }

  private static Failure failure(Demand demand) {
    return ((DemandTrouble.Failed) demand.trouble().orElseThrow()).failure();
  }

  private static Upstream forbiddenUnlessTrusted(Fetch fetch) {
    return fetch.isTrusted() ? new Part(fetch, LENGTH) : null;
  }

  /** The rest of a larger buffer would stay empty. */
  @Test
  void read_bufferOfAConnection_isAsLargeAsOneReadMayBring() throws Exception {
    BlockingQueue<Integer> rooms = new LinkedBlockingQueue<>();
    Fills fills =
        fills(fetch -> {
          Part part = new Part(fetch, LENGTH);
          part.onRead(buffer -> rooms.add(buffer.remaining()));
          return part;
        });
    Demand demand = fills.demand(wish(0, /* isTrusted= */ true));
    assertThat(rooms.poll(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(Upstream.MOST_A_READ);
    demand.close();
  }

  /** Found by the soak: the provider had not noticed the close and counted one too many. */
  @Test
  void answerThatIsNotTaken_leavesItsPlaceAMomentLater() throws Exception {
    Link one = link("http://provider.example/movie/user/pass/1.mkv");
    Link two = link("http://provider.example/movie/user/pass/2.mkv");
    CountDownLatch gate = new CountDownLatch(1);
    AtomicLong leftAt = new AtomicLong();
    BlockingQueue<Long> nextAt = new LinkedBlockingQueue<>();
    Origin origin =
        (fetch, _) -> {
          asked.add(fetch);
          if (fetch.link().key().equals(two.key())) {
            nextAt.add(timer.now());
            return new Part(fetch, 200_000);
          }
          await(gate);
          leftAt.compareAndSet(0, timer.now());
          throw new OriginException(new Failure.Broken(OptionalInt.of(206), "no Content-Range"));
        };
    Fills fills = newFills(store(), origin);
    open.add(fills);
    Demand first = fills.demand(new Wish(one, 0, Long.MAX_VALUE, false, Map.of(), CLIENT, true));
    next();
    Demand second = fills.demand(new Wish(two, 0, Long.MAX_VALUE, false, Map.of(), CLIENT, true));
    gate.countDown();
    long between = timer.next(nextAt, LIMIT).orElseThrow() - leftAt.get();
    assertThat(Duration.ofNanos(between)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
    List.of(first, second).forEach(Demand::close);
  }

  /** It is counted: films of the account wait for it, and a second query is not made. */
  @Test
  void sideQuery_isAConnectionOfTheAccount() throws Exception {
    Fills fills = fills(fetch -> new Part(fetch, 200_000));
    Link film = link("http://provider.example/movie/user/pass/1.mkv");
    Wish wish = new Wish(film, 0, Long.MAX_VALUE, /* factsOnly= */ false, Map.of(), CLIENT, true);
    List<Demand> waiting = new ArrayList<>();
    Optional<String> told =
        fills.sideQuery(
            film,
            QueryPurpose.IMPORT,
            (_, _) -> {
              assertThat(sideQuery(fills, film, "a second one")).isEmpty();
              waiting.add(fills.demand(wish));
              assertThat(asked).as("the account allows one").isEmpty();
              return "told";
            });
    assertThat(told).contains("told");
    assertThat(next().link().key()).isEqualTo(film.key());
    waiting.forEach(Demand::close);
  }

  /** The provider counts otherwise than is assumed; a refusal alone is a failure like any other. */
  @Test
  void sideQuery_refusedBesideAPlayer_isSentLater() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    Fills fills =
        fills(fetch -> {
          Part part = new Part(fetch, LENGTH);
          part.onRead(_ -> await(gate));
          return part;
        });
    Link film = link("http://provider.example/1.mkv");
    Failure many = new Failure.Limit(OptionalInt.of(429), "too many", Optional.empty());
    SideQuery<String> refused =
        (_, _) -> {
          throw new OriginException(many);
        };
    assertThatThrownBy(() -> ask(fills, film, refused)).isInstanceOf(OriginException.class);
    Wish wish = new Wish(film, 0, Long.MAX_VALUE, /* factsOnly= */ false, Map.of(), CLIENT, true);
    try (Demand _ = fills.demand(wish)) {
      next();
      assertThat(sideQuery(fills, film, "told")).as("beside the player").contains("told");
      assertThat(timer.result(() -> ask(fills, film, refused), LIMIT)).isEmpty();
      assertThat(sideQuery(fills, film, "told")).as("only in quiet from now on").isEmpty();
    } finally {
      gate.countDown();
    }
  }

  @Test
  void sideQuery_thatFails_givesItsPlaceBack() throws Exception {
    Fills fills = fills(fetch -> new Part(fetch, 200_000));
    Link film = link("http://provider.example/movie/user/pass/1.mkv");
    Failure slow = new Failure.Slow(OptionalInt.empty(), "x");
    assertThatThrownBy(() ->
            fills.sideQuery(
                film,
                QueryPurpose.IMPORT,
                (_, _) -> {
                  throw new OriginException(slow);
                }))
        .isInstanceOf(OriginException.class);
    assertThat(sideQuery(fills, film, "told")).contains("told");
  }
}
