package streamcache.fill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.link.BadLink;
import streamcache.link.Link;
import streamcache.link.LinkCodec;
import streamcache.origin.Failure;
import streamcache.origin.Fetch;
import streamcache.origin.HttpOrigin;
import streamcache.origin.Origin;
import streamcache.origin.OriginException;
import streamcache.origin.Upstream;
import streamcache.settings.EgressSettings;
import streamcache.settings.FillSettings;
import streamcache.settings.StoreSettings;
import streamcache.store.Generation;
import streamcache.store.Store;

/** What is asked of the origin: for whom, relying on what, and how soon it is given up. */
final class FillsTest {

  private static final Duration LIMIT = Duration.ofSeconds(10);
  static final int LENGTH = 3_000_000;

  /** Below it a cold title is begun at its start. */
  private static final long TEE_THRESHOLD = 100_000;

  @TempDir Path folder;

  private final BlockingQueue<Fetch> asked = new LinkedBlockingQueue<>();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  @Test
  void demand_ofOneNotTrusted_isNotFetchedAsTrusted() throws Exception {
    Fills fills = fills(FillsTest::forbiddenUnlessTrusted);
    Demand demand = fills.demand(wish(0, /* isTrusted= */ false));
    assertThat(demand.awaitGeneration(LIMIT, () -> demand.trouble().isPresent())).isEmpty();
    assertThat(failure(demand)).isInstanceOf(Failure.Forbidden.class);
    assertThat(next().isTrusted()).isFalse();
    demand.close();
  }

  /** The title rests after the first one; that rest is not for one who may. */
  @Test
  void demand_ofOneTrusted_doesNotInheritWhatWasForbidden() throws Exception {
    Fills fills = fills(FillsTest::forbiddenUnlessTrusted);
    Demand first = fills.demand(wish(0, /* isTrusted= */ false));
    assertThat(first.awaitGeneration(LIMIT, () -> first.trouble().isPresent())).isEmpty();
    Demand again = fills.demand(wish(0, /* isTrusted= */ false));
    assertThat(failure(again)).as("a burst is one attempt").isInstanceOf(Failure.Forbidden.class);
    Demand trusted = fills.demand(wish(0, /* isTrusted= */ true));
    assertThat(trusted.awaitGeneration(LIMIT, () -> trusted.trouble().isPresent())).isPresent();
    assertThat(List.of(next().isTrusted(), next().isTrusted())).containsExactly(false, true);
    List.of(first, again, trusted).forEach(Demand::close);
  }

  /** Who is not trusted joins in what runs, and does not end it for the one who is. */
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
    assertThat(beginning.end()).hasValue(Decision.BEGINNING_BYTES);
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
    Fills fills = fills(fetch -> new Part(fetch, calls[0]++ < 2 ? "\"v\"" : "\"w\"", 200_000));
    Demand demand = fills.demand(wish(1_000_000, /* isTrusted= */ true));
    assertThat(List.of(next().start(), next().start())).containsExactly(0L, 1_000_000L);
    Fetch resumed = next();
    assertThat(resumed.start()).isEqualTo(1_200_000);
    assertThat(resumed.ifRange()).contains("\"v\"");
    Fetch doubting = next();
    assertThat(doubting.start()).isZero();
    assertThat(doubting.ifRange()).isEmpty();
    assertThat(next().ifRange()).as("the new file has begun").contains("\"w\"");
    demand.close();
  }

  /** Players may hold on a little longer than what feeds them when the process stops. */
  @Test
  void close_whilePlayersWait_isNoErrorForThem() throws Exception {
    Fills fills = fills(fetch -> new Part(fetch, 200_000));
    Demand demand = fills.demand(wish(0, /* isTrusted= */ true));
    assertThat(demand.awaitGeneration(LIMIT, () -> false)).isPresent();
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
        Demand demand = fills.demand(new Wish(link, 0, LENGTH, factsOnly, Map.of(), true));
        assertThat(demand.awaitGeneration(LIMIT, () -> false)).isPresent();
        demand.close();
      }
    }
    assertThat(fills.titles()).as("those that wait, and those under way").isBetween(32, 36);
    gate.countDown();
  }

  /** Or they would be remembered for ever: nothing says what there is to complete. */
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
      demands.add(fills.demand(new Wish(link, 0, Long.MAX_VALUE, false, Map.of(), true)));
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
      Fills fills = new Fills(store, origin, settings(), new Quiet());
      Link link = link("https://127.0.0.1:" + silent.getLocalPort() + "/film.mkv");
      Demand demand = fills.demand(new Wish(link, 0, Long.MAX_VALUE, false, Map.of(), true));
      try (Socket accepted = silent.accept()) {
        assertThat(accepted.getInputStream().read()).as("its greeting").isPositive();
        long begun = System.nanoTime();
        demand.close();
        fills.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
      }
    }
  }

  /** Nor must a playback past the store whose player has left. */
  @Test
  void pass_playerLeavesWhileItIsBeingMade_endsAtOnce() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
        HttpOrigin real = new HttpOrigin(settings(), (_, addresses) -> addresses, "test")) {
      Origin origin =
          (fetch, call) ->
              asked.add(fetch) && asked.size() == 1
                  ? new Part(fetch, LENGTH)
                  : real.open(fetch, call);
      Fills fills = new Fills(store(), origin, settings(), new Quiet());
      open.add(fills);
      Link link = link("https://127.0.0.1:" + silent.getLocalPort() + "/film.mkv");
      Demand demand = fills.demand(new Wish(link, 0, Long.MAX_VALUE, false, Map.of(), true));
      Generation generation = demand.awaitGeneration(LIMIT, () -> false).orElseThrow();
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

  private Fetch next() throws InterruptedException {
    Fetch fetch = asked.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
    assertThat(fetch).as("nothing is asked for").isNotNull();
    return fetch;
  }

  private static Failure failure(Demand demand) {
    return ((Trouble.Failed) demand.trouble().orElseThrow()).failure();
  }

  private static Upstream forbiddenUnlessTrusted(Fetch fetch) {
    return fetch.isTrusted() ? new Part(fetch, LENGTH) : null;
  }

  /** Found by the soak: the provider has yet to notice, and counted one connection too many. */
  @Test
  void answerThatIsNotTaken_leavesItsPlaceAMomentLater() throws Exception {
    Link one = link("http://provider.example/movie/user/pass/1.mkv");
    Link two = link("http://provider.example/movie/user/pass/2.mkv");
    CountDownLatch gate = new CountDownLatch(1);
    AtomicLong leftAt = new AtomicLong();
    CompletableFuture<Long> nextAt = new CompletableFuture<>();
    Origin origin =
        (fetch, _) -> {
          asked.add(fetch);
          if (fetch.link().key().equals(two.key())) {
            nextAt.complete(System.nanoTime());
            return new Part(fetch, 200_000);
          }
          await(gate);
          leftAt.compareAndSet(0, System.nanoTime());
          throw new OriginException(new Failure.Broken(OptionalInt.of(206), "no Content-Range"));
        };
    Fills fills = new Fills(store(), origin, settings(), new Quiet());
    open.add(fills);
    Demand first = fills.demand(new Wish(one, 0, Long.MAX_VALUE, false, Map.of(), true));
    next();
    Demand second = fills.demand(new Wish(two, 0, Long.MAX_VALUE, false, Map.of(), true));
    gate.countDown();
    long between = nextAt.get(LIMIT.toSeconds(), TimeUnit.SECONDS) - leftAt.get();
    assertThat(Duration.ofNanos(between)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
    List.of(first, second).forEach(Demand::close);
  }

  /** It is counted: films of the account wait for it, and so does another question. */
  @Test
  void aside_isAConnectionOfTheAccount() throws Exception {
    Fills fills = fills(fetch -> new Part(fetch, 200_000));
    Link film = link("http://provider.example/movie/user/pass/1.mkv");
    Wish wish = new Wish(film, 0, Long.MAX_VALUE, /* factsOnly= */ false, Map.of(), true);
    List<Demand> waiting = new ArrayList<>();
    Optional<String> told =
        fills.aside(
            film,
            () -> {
              assertThat(fills.aside(film, () -> "a second one")).isEmpty();
              waiting.add(fills.demand(wish));
              assertThat(asked).as("the account allows one").isEmpty();
              return "told";
            });
    assertThat(told).contains("told");
    assertThat(next().link().key()).isEqualTo(film.key());
    waiting.forEach(Demand::close);
  }

  @Test
  void aside_thatFails_givesItsPlaceBack() throws Exception {
    Fills fills = fills(fetch -> new Part(fetch, 200_000));
    Link film = link("http://provider.example/movie/user/pass/1.mkv");
    Failure slow = new Failure.Slow(OptionalInt.empty(), "x");
    assertThatThrownBy(() ->
            fills.aside(
                film,
                () -> {
                  throw new OriginException(slow);
                }))
        .isInstanceOf(OriginException.class);
    assertThat(fills.aside(film, () -> "told")).contains("told");
  }

  private Fills fills(Function<Fetch, Upstream> answers) throws IOException {
    Origin origin =
        (fetch, _) -> {
          asked.add(fetch);
          Upstream answer = answers.apply(fetch);
          if (answer == null) {
            throw new OriginException(new Failure.Forbidden(OptionalInt.empty(), "not for you"));
          }
          return answer;
        };
    Fills fills = new Fills(store(), origin, settings(), new Quiet());
    open.add(fills);
    return fills;
  }

  private Store store() throws IOException {
    Store store =
        Store.open(
            new StoreSettings(
                folder.resolve("cache"),
                OptionalLong.of(1L << 30),
                OptionalLong.empty(),
                /* minFreeBytes= */ 0,
                Duration.ofMinutes(5),
                256 << 10,
                StoreSettings.Eviction.HEADS),
            new Quiet());
    open.add(store);
    return store;
  }

  private static FillSettings settings() {
    return new FillSettings(
        TEE_THRESHOLD,
        Duration.ofSeconds(60),
        Duration.ofSeconds(8),
        Duration.ofMinutes(5),
        /* providerMaxConnections= */ OptionalInt.empty(),
        /* verifyTls= */ true,
        new EgressSettings(List.of(), List.of(), List.of(), EgressSettings.Redirects.ANY));
  }

  private static Wish wish(long start, boolean isTrusted) throws BadLink {
    Link link = link("http://provider.example/film.mkv");
    return new Wish(link, start, Long.MAX_VALUE, /* factsOnly= */ false, Map.of(), isTrusted);
  }

  private static Link link(String url) throws BadLink {
    LinkCodec codec = new LinkCodec();
    return codec.decode(codec.encode(url));
  }
}
