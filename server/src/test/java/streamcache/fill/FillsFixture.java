package streamcache.fill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
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
import streamcache.settings.EgressSettings;
import streamcache.settings.EvictionPolicy;
import streamcache.settings.FillSettings;
import streamcache.settings.RedirectPolicy;
import streamcache.settings.StoreSettings;
import streamcache.store.OldCache;
import streamcache.store.Store;

/** A provider that answers as a test says, over a real store and on virtual time. */
abstract class FillsFixture {

  static final Duration LIMIT = Duration.ofSeconds(10);
  static final int LENGTH = 3_000_000;

  /** Below this offset, an unknown title is fetched from its start. */
  static final long TEE_THRESHOLD = 100_000;

  static final ClientId CLIENT = client(0);

  @TempDir Path folder;

  final FakeTimer timer = new FakeTimer();
  final BlockingQueue<Fetch> asked = new LinkedBlockingQueue<>();
  final List<AutoCloseable> open = new ArrayList<>();
  OtherStores others = OtherStores.NONE;

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  Fetch next() throws InterruptedException {
    Optional<Fetch> fetch = timer.next(asked, LIMIT);
    assertThat(fetch).as("nothing is asked for").isPresent();
    return fetch.get();
  }

  static ClientId client(int agent) {
    return new ClientId(InetAddress.getLoopbackAddress(), agent);
  }

  Fills fills(Function<Fetch, Upstream> answers) throws IOException {
    Origin origin =
        (fetch, _) -> {
          asked.add(fetch);
          Upstream answer = answers.apply(fetch);
          if (answer == null) {
            throw new OriginException(new Failure.Forbidden(OptionalInt.empty(), "not for you"));
          }
          return answer;
        };
    Fills fills = newFills(store(), origin);
    open.add(fills);
    return fills;
  }

  Fills newFills(Store store, Origin origin) {
    return new Fills(
        store,
        new Source(origin, new Originals(KeyRing.empty()), new OldTitles(OldCache.NONE), others),
        settings(),
        ProviderProfiles.inMemory(InstantSource.system()),
        _ -> {},
        Means.usual().with(() -> timer));
  }

  Store store() throws IOException {
    Store store =
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
    open.add(store);
    return store;
  }

  static FillSettings settings() {
    return new FillSettings(
        TEE_THRESHOLD,
        Duration.ofSeconds(60),
        Duration.ofSeconds(8),
        Duration.ofMinutes(5),
        /* providerMaxConnections= */ OptionalInt.empty(),
        /* verifyTls= */ true,
        new EgressSettings(List.of(), List.of(), List.of(), RedirectPolicy.ANY));
  }

  static Wish wish(long start, boolean isTrusted) throws BadLink {
    Link link = link("http://provider.example/film.mkv");
    return new Wish(
        link, start, Long.MAX_VALUE, /* factsOnly= */ false, Map.of(), CLIENT, isTrusted);
  }

  static Link link(String url) throws BadLink {
    LinkCodec codec = new LinkCodec();
    return codec.decode(codec.encode(url));
  }
}
