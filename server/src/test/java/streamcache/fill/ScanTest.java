package streamcache.fill;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.event.Event;
import streamcache.link.BadLink;
import streamcache.link.KeyRing;
import streamcache.link.Link;
import streamcache.link.LinkCodec;
import streamcache.link.Originals;
import streamcache.link.TitleKey;
import streamcache.origin.Facts;
import streamcache.origin.Failure;
import streamcache.origin.Fetch;
import streamcache.origin.OriginException;
import streamcache.origin.ProviderProfiles;
import streamcache.origin.Upstream;
import streamcache.range.RangeSet;
import streamcache.settings.EgressSettings;
import streamcache.settings.EvictionPolicy;
import streamcache.settings.FillSettings;
import streamcache.settings.RedirectPolicy;
import streamcache.settings.StoreSettings;
import streamcache.store.Generation;
import streamcache.store.Store;
import streamcache.store.Title;
import streamcache.testkit.FakeClock;

/** What is fetched of titles that a scan visits; only the clock of the scan detector is virtual. */
final class ScanTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final ClientId SCANNER = new ClientId(InetAddress.getLoopbackAddress(), 1);
  private static final int HEAD = 300_000;

  /**
   * Bytes that a look reads: fewer than one read returns, so it never waits for another connection.
   */
  private static final int LOOK = 100_000;

  @TempDir Path folder;

  private final FakeClock clock = new FakeClock();
  private final BlockingQueue<Slow> opened = new LinkedBlockingQueue<>();
  private final BlockingQueue<TitleKey> completed = new LinkedBlockingQueue<>();
  private volatile boolean letsAllCome;
  private Store store;
  private Fills fills;

  /** The beginning of what is requested; the rest follows when the test allows it. */
  private static final class Slow implements Upstream {
    private final Part beginning;
    private final Part all;
    private final CountDownLatch rest = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    Slow(Fetch fetch) {
      beginning = new Part(fetch, HEAD);
      all = new Part(fetch, FillsFixture.LENGTH);
    }

    @Override
    public Facts facts() {
      return all.facts();
    }

    @Override
    public long start() {
      return all.start();
    }

    @Override
    public OptionalLong length() {
      return all.length();
    }

    @Override
    public boolean isSpent() {
      return all.isSpent();
    }

    @Override
    public int read(ByteBuffer buffer) throws OriginException {
      int before = buffer.position();
      try {
        int count = beginning.read(buffer);
        all.read(buffer.duplicate().position(before).limit(before + count));
        return count;
      } catch (OriginException e) {
        awaitRest();
        return all.read(buffer);
      }
    }

    private void awaitRest() throws OriginException {
      try {
        rest.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      if (closed.getCount() == 0) {
        throw new OriginException(new Failure.Broken(OptionalInt.empty(), "closed"));
      }
    }

    @Override
    public void close() {
      closed.countDown();
      rest.countDown();
    }

    void awaitClosed() throws InterruptedException {
      assertThat(closed.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
  }

  @BeforeEach
  void open() throws Exception {
    Consumer<Event> events =
        event -> {
          if (event instanceof FillEvent.TitleCompleted done) {
            completed.add(done.title());
          }
        };
    store =
        Store.open(
            new StoreSettings(
                folder.resolve("cache"),
                OptionalLong.of(1L << 30),
                OptionalLong.empty(),
                /* minFreeBytes= */ 0,
                Duration.ofMinutes(5),
                256 << 10,
                EvictionPolicy.HEADS),
            _ -> {});
    FillSettings settings =
        new FillSettings(
            /* rangeTeeThreshold= */ 100_000,
            Duration.ofSeconds(60),
            Duration.ofSeconds(8),
            Duration.ofMinutes(5),
            /* providerMaxConnections= */ OptionalInt.of(10),
            /* verifyTls= */ true,
            new EgressSettings(List.of(), List.of(), List.of(), RedirectPolicy.ANY));
    Source source =
        new Source(
            (fetch, _) -> {
              Slow made = new Slow(fetch);
              opened.add(made);
              if (letsAllCome) {
                made.rest.countDown();
              }
              return made;
            },
            new Originals(KeyRing.empty()));
    ProviderProfiles profiles = ProviderProfiles.inMemory(InstantSource.system());
    fills = new Fills(store, source, settings, profiles, events, Means.usual().at(clock::nanoTime));
  }

  @AfterEach
  void close() {
    fills.close();
    store.close();
  }

  /** Spreads the titles over several providers, as in a library. */
  private static Link link(int title) throws BadLink {
    LinkCodec codec = new LinkCodec();
    return codec.decode(codec.encode("http://p" + title % 3 + ".example/" + title + ".mkv"));
  }

  private Demand comes(int title) throws BadLink {
    return fills.demand(
        new Wish(
            link(title),
            0,
            Long.MAX_VALUE,
            /* factsOnly= */ false,
            Map.of(),
            SCANNER,
            /* isTrusted= */ true));
  }

  /** Reads the head and leaves. */
  private Slow look(int title) throws Exception {
    try (Demand demand = comes(title)) {
      Generation generation = demand.awaitGeneration(LIMIT, () -> false).orElseThrow();
      generation.await(LOOK - 1, LIMIT, () -> false);
      clock.advance(Duration.ofSeconds(1));
    }
    return next();
  }

  /** Looks into {@code titles} titles; returns when nothing is fetched any more. */
  private void scan(int titles) throws Exception {
    List<Slow> looks = new ArrayList<>();
    for (int title = 0; title < titles; title++) {
      looks.add(look(title));
    }
    for (Slow look : looks) {
      look.awaitClosed();
    }
  }

  /** From now on, the provider sends all that is requested, over any number of connections. */
  private void letAllCome() {
    letsAllCome = true;
    opened.forEach(made -> made.rest.countDown());
  }

  /** Where the stored head ends. */
  private static long hole(Demand demand) throws Exception {
    return demand.awaitGeneration(LIMIT, () -> false).orElseThrow().present().presentUntil(0);
  }

  private Slow next() throws InterruptedException {
    Slow made = opened.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
    assertThat(made).isNotNull();
    return made;
  }

  @Test
  void scan_isRecognised_whatItLeftIsStopped_theFirstTitlesToo_andTheirHeadsAreKept()
      throws Exception {
    scan(8);
    for (int title = 0; title < 8; title++) {
      try (Title known = store.title(link(title).key())) {
        RangeSet present = known.generation().orElseThrow().present();
        assertThat(present.presentUntil(0)).isGreaterThanOrEqualTo(LOOK);
        assertThat(present.size()).as("a fifth of it at most").isLessThanOrEqualTo(2 * HEAD);
      }
    }
    assertThat(completed).isEmpty();
    assertThat(opened).as("one more connection a title at most").hasSizeLessThanOrEqualTo(8);
  }

  @Test
  void threeTitles_leftSoon_areCompleted() throws Exception {
    for (int title = 0; title < 3; title++) {
      look(title).rest.countDown();
    }
    letAllCome();
    for (int title = 0; title < 3; title++) {
      assertThat(completed.poll(LIMIT.toSeconds(), TimeUnit.SECONDS)).isNotNull();
    }
  }

  @Test
  void scannedTitle_stayedWithForHalfAMinute_isCompletedThoughItsPlayerLeaves() throws Exception {
    scan(5);
    Slow rest;
    try (Demand demand = comes(2)) {
      demand.block(hole(demand));
      rest = next();
      demand.unblock();
      clock.advance(Visit.STAY);
    }
    rest.rest.countDown();
    letAllCome();
    assertThat(completed.poll(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(link(2).key());
  }

  @Test
  void scannedTitle_leftAgainSoon_isNotCompleted() throws Exception {
    scan(5);
    Slow rest;
    try (Demand demand = comes(2)) {
      demand.block(hole(demand));
      rest = next();
      demand.unblock();
      clock.advance(Duration.ofSeconds(5));
    }
    rest.awaitClosed();
    assertThat(completed).isEmpty();
  }
}
