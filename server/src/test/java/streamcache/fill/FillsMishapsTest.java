package streamcache.fill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.event.Event;
import streamcache.link.BadLink;
import streamcache.link.KeyRing;
import streamcache.link.Link;
import streamcache.link.LinkCodec;
import streamcache.link.Originals;
import streamcache.origin.Failure;
import streamcache.origin.Fetch;
import streamcache.origin.Origin;
import streamcache.origin.OriginException;
import streamcache.origin.ProviderProfiles;
import streamcache.origin.Upstream;
import streamcache.schedule.GlobalConnectionLimit;
import streamcache.settings.EvictionPolicy;
import streamcache.settings.FillSettings;
import streamcache.settings.Settings;
import streamcache.settings.SettingsException;
import streamcache.settings.StoreSettings;
import streamcache.store.Generation;
import streamcache.store.Store;

/** Faults in this server and refusals by the provider, as seen through the interface of Fills. */
final class FillsMishapsTest {

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final ClientId CLIENT =
      ClientId.of(InetAddress.getLoopbackAddress(), Optional.empty());
  private static final String PANEL = "http://panel.example/movie/joe/secret/";

  @TempDir Path folder;

  private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
  private final List<AutoCloseable> open = new ArrayList<>();

  private final FakeTimer timer = new FakeTimer();
  private final Means means = Means.usual().with(() -> timer);
  private Consumer<Event> events = _ -> {};

  /** A request, and when it was made. */
  private record Asked(Fetch fetch, long nanos) {}

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  @Test
  void connection_faultOfThisServer_isNotMetAgainAtOnce() throws Exception {
    Fills fills =
        fills(_ -> {
          throw new IllegalStateException("a fault");
        });
    try (Demand _ = fills.demand(wish("http://one.example/1.mkv", 0))) {
      // Two attempts at an unknown title; once, attempts followed each other within milliseconds.
      assertThat(timer.next(asked, LIMIT)).isPresent();
      assertThat(timer.next(asked, LIMIT)).isPresent();
      assertThat(timer.next(asked, Duration.ofSeconds(1))).isEmpty();
    }
  }

  @Test
  void tick_oneAccountThrows_goesOnForTheOthers() throws Exception {
    BlockingQueue<Boolean> thrown = new LinkedBlockingQueue<>();
    Fills fills =
        fills(fetch -> {
          boolean isFirst = fetch.link().name().equals("1.mkv");
          boolean isBad = fetch.link().account().host().equals("bad.example");
          return isFirst ? new Endless(fetch, isBad ? thrown : null) : new Part(fetch, 1000);
        });
    String bad = "http://bad.example/movie/joe/secret/";
    String good = "http://good.example/movie/joe/secret/";
    for (String account : List.of(bad, good)) {
      try (Demand first = fills.demand(wish(account + "1.mkv", 0))) {
        timer.generation(first, LIMIT);
      }
      // Only a later tick finds that this one is starved, and closes the other connection.
      open.add(fills.demand(wish(account + "2.mkv", 0)));
      if (account.equals(bad)) {
        assertThat(timer.next(thrown, LIMIT)).isPresent();
      }
    }
    assertThat(isAsked("good.example", "2.mkv")).isTrue();
  }

  @Test
  void connection_threadThatDoesNotStart_givesItsPlaceBackAndIsTriedAgain() throws Exception {
    AtomicInteger made = new AtomicInteger();
    ThreadFactory usual = means.threads();
    ThreadFactory threads =
        task -> made.incrementAndGet() == 1 ? new Unstartable() : usual.newThread(task);
    GlobalConnectionLimit limit = new GlobalConnectionLimit();
    Fills fills = fills(means.with(limit).with(threads), "", fetch -> new Part(fetch, 1000));
    try (Demand demand = fills.demand(wish(PANEL + "1.mkv", 0))) {
      timer.generation(demand, LIMIT);
    }
    fills.close();
    assertThat(limit.taken()).isZero();
  }

  @Test
  void connection_threadThatCannotBeMade_givesItsPlaceBackAndIsTriedAgain() throws Exception {
    AtomicInteger made = new AtomicInteger();
    ThreadFactory usual = means.threads();
    ThreadFactory threads =
        task -> {
          if (made.incrementAndGet() == 1) {
            throw new IllegalStateException("no thread");
          }
          return usual.newThread(task);
        };
    GlobalConnectionLimit limit = new GlobalConnectionLimit();
    Fills fills = fills(means.with(limit).with(threads), "", fetch -> new Part(fetch, 1000));
    try (Demand demand = fills.demand(wish(PANEL + "1.mkv", 0))) {
      timer.generation(demand, LIMIT);
    }
    fills.close();
    assertThat(limit.taken()).isZero();
  }

  @Test
  void refusalAfterAnother_saysWhenToComeBack_isNotAskedBefore() throws Exception {
    for (Failure refusal :
        List.of(
            new Failure.Busy(OptionalInt.of(503), "busy", Optional.of(Duration.ofSeconds(3))),
            new Failure.Limit(OptionalInt.of(429), "many", Optional.of(Duration.ofSeconds(3))))) {
      String account = "http://" + refusal.upstreamStatus().getAsInt() + ".example/";
      AtomicInteger refused = new AtomicInteger();
      Fills fills =
          fills(fetch -> {
            if (fetch.link().name().equals("2.mkv") && refused.incrementAndGet() == 1) {
              throw new OriginException(refusal);
            }
            return new Part(fetch, FillsFixture.LENGTH);
          });
      // A connection that was closed a moment ago may be to blame.
      try (Demand first = fills.demand(wish(account + "1.mkv", 0))) {
        Generation generation = timer.generation(first, LIMIT);
        while (!generation.isComplete()) {
          generation.await(generation.present().presentUntil(0), LIMIT, () -> false);
        }
      }
      try (Demand second = fills.demand(wish(account + "2.mkv", 0))) {
        timer.generation(second, LIMIT);
      }
      List<Asked> all =
          asked.stream().filter(each -> each.fetch().link().name().equals("2.mkv")).toList();
      assertThat(Duration.ofNanos(all.get(1).nanos() - all.get(0).nanos()))
          .isGreaterThanOrEqualTo(Duration.ofSeconds(3));
      asked.clear();
      fills.close();
    }
  }

  /** The machine's last events are logged; the next tick makes the missed decision. */
  @Test
  void machineThatFails_isAskedAgain_andNoPlayIsLost() throws Exception {
    AtomicBoolean isBroken = new AtomicBoolean();
    InstantSource clock =
        () -> {
          if (isBroken.get()) {
            throw new IllegalStateException("a fault");
          }
          return Instant.now();
        };
    Fills fills =
        fills(
            means,
            ProviderProfiles.inMemory(clock),
            "[provider panel.example]\nFILL_HOURS = 00:00-23:59\n",
            fetch -> new Part(fetch, 1000));
    try (Demand first = fills.demand(wish(PANEL + "1.mkv", 0))) {
      timer.generation(first, LIMIT);
    }
    isBroken.set(true);
    try (Demand second = fills.demand(wish(PANEL + "2.mkv", 0))) {
      isBroken.set(false);
      timer.generation(second, LIMIT);
      assertThat(second.trouble()).isEmpty();
    }
  }

  @Test
  void sideQuery_withoutAPlace_costsNoCoolDown() throws Exception {
    GlobalConnectionLimit limit = new GlobalConnectionLimit();
    while (limit.take(/* isAwaited= */ true)) {
      // Until all slots are taken.
    }
    Fills fills =
        fills(
            means.with(limit),
            "[provider panel.example]\nCOOL_DOWN = 5m\n",
            fetch -> new Part(fetch, 1000));
    assertThat(fills.sideQuery(link(PANEL + "1.mkv"), QueryPurpose.IMPORT, (_, _) -> "told"))
        .isEmpty();
    while (limit.taken() > 0) {
      limit.give();
    }
    try (Demand demand = fills.demand(wish(PANEL + "1.mkv", 0))) {
      timer.generation(demand, LIMIT);
    }
  }

  /** What the last connection had taught was lost when the process stopped right after it. */
  @Test
  void close_lastConnectionIsOverButNotWhatFollows_waitsForThat() throws Exception {
    Path book = folder.resolve("PROVIDERS");
    AtomicReference<Fills> fills = new AtomicReference<>();
    CompletableFuture<Thread> closing = new CompletableFuture<>();
    events =
        event -> {
          if (event instanceof FillEvent.TitleCompleted) {
            Thread thread = Thread.ofPlatform().start(() -> fills.get().close());
            while (thread.isAlive() && thread.getState() != Thread.State.TIMED_WAITING) {
              Thread.onSpinWait();
            }
            closing.complete(thread);
          }
        };
    ProviderProfiles profiles = ProviderProfiles.open(book, InstantSource.system());
    Answers whole =
        fetch -> {
          Part part = new Part(fetch, FillsFixture.LENGTH);
          part.onRead(_ -> timer.advance(Duration.ofMillis(1)));
          return part;
        };
    fills.set(fills(means, profiles, "", whole));
    Wish wish = wish(PANEL + "1.mkv", 0);
    try (Demand _ = fills.get().demand(wish)) {
      closing.get(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }
    ProviderProfiles kept = ProviderProfiles.open(book, InstantSource.system());
    assertThat(kept.of(wish.link().account()).line().firstByte()).isPositive();
  }

  private boolean isAsked(String host, String name) throws InterruptedException {
    for (Optional<Asked> next = take(); next.isPresent(); next = take()) {
      Link link = next.get().fetch().link();
      if (link.account().host().equals(host) && link.name().equals(name)) {
        return true;
      }
    }
    return false;
  }

  private Optional<Asked> take() throws InterruptedException {
    return timer.next(asked, LIMIT);
  }

  /** How a provider responds. */
  private interface Answers {
    Upstream of(Fetch fetch) throws OriginException;
  }

  private Fills fills(Answers answers) throws IOException, SettingsException {
    return fills(means, "", answers);
  }

  private Fills fills(Means means, String blocks, Answers answers)
      throws IOException, SettingsException {
    return fills(means, ProviderProfiles.inMemory(InstantSource.system()), blocks, answers);
  }

  private Fills fills(Means means, ProviderProfiles profiles, String blocks, Answers answers)
      throws IOException, SettingsException {
    Origin origin =
        (fetch, _) -> {
          asked.add(new Asked(fetch, timer.now()));
          return answers.of(fetch);
        };
    Path config = Files.createTempDirectory(folder, "config");
    Files.writeString(config.resolve("streamcache.conf"), blocks);
    FillSettings settings = Settings.load(Map.of("CONFIG_DIR", config.toString()), Map.of()).fill();
    Fills fills =
        new Fills(
            store(),
            new Source(origin, new Originals(KeyRing.empty())),
            settings,
            profiles,
            events,
            means);
    open.add(fills);
    return fills;
  }

  private Store store() throws IOException {
    Store store =
        Store.open(
            new StoreSettings(
                Files.createTempDirectory(folder, "cache"),
                OptionalLong.of(1L << 30),
                OptionalLong.empty(),
                /* minFreeBytes= */ 0,
                Duration.ofMinutes(5),
                256 << 10,
                EvictionPolicy.HEADS),
            _ -> {});
    open.add(store);
    return store;
  }

  private static Wish wish(String url, long start) throws BadLink {
    return new Wish(
        link(url),
        start,
        Long.MAX_VALUE,
        /* factsOnly= */ false,
        Map.of(),
        CLIENT,
        /* isTrusted= */ true);
  }

  private static Link link(String url) throws BadLink {
    LinkCodec codec = new LinkCodec();
    return codec.decode(codec.encode(url));
  }

  /** A thread that the system cannot start. */
  private static final class Unstartable extends Thread {
    @Override
    public void start() {
      throw new OutOfMemoryError("unable to create native thread");
    }
  }
}
