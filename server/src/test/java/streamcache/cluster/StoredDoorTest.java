package streamcache.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.link.TitleKey;
import streamcache.playback.Headers;
import streamcache.playback.RecordedExchange;
import streamcache.playback.RelayedClient;
import streamcache.playback.Request;
import streamcache.playback.StoredTitles;
import streamcache.settings.EvictionPolicy;
import streamcache.settings.StoreSettings;
import streamcache.store.Generation;
import streamcache.store.GenerationFacts;
import streamcache.store.Store;
import streamcache.store.Title;
import streamcache.testkit.Content;

/** What a node answers to another one that asks what it has stored. */
final class StoredDoorTest {

  private static final TitleKey KEY = new TitleKey("abcdefghijklmnopqrstuvwxyz");
  private static final int LENGTH = 100_000;
  private static final Content FILM = Content.of(5, LENGTH);

  @TempDir Path folder;

  private Store store;
  private StoredDoor door;

  @BeforeEach
  void open() throws Exception {
    store =
        Store.open(
            new StoreSettings(
                folder.resolve("cache"),
                OptionalLong.of(1L << 30),
                OptionalLong.empty(),
                /* minFreeBytes= */ 0,
                Duration.ofMinutes(1),
                /* progressFlushBytes= */ 256 << 10,
                EvictionPolicy.HEADS),
            _ -> {});
    door = new StoredDoor(new StoredTitles(store));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void store(OptionalLong total, int... ranges) throws Exception {
    try (Title title = store.title(KEY)) {
      Generation generation =
          title.begin(
              new GenerationFacts(
                  total,
                  Optional.of("\"v\""),
                  Optional.empty(),
                  "video/mp4",
                  Optional.empty(),
                  "film.mp4",
                  "host|user",
                  "cdn.example",
                  Optional.empty()));
      for (int i = 0; i < ranges.length; i += 2) {
        byte[] bytes = FILM.bytes(ranges[i], ranges[i + 1] - ranges[i]);
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        generation.write(ranges[i], buffer);
      }
    }
  }

  private RecordedExchange asked(String method, String target, String range) throws Exception {
    RecordedExchange exchange =
        new RecordedExchange(
            new Request(
                "id",
                method,
                target,
                new Headers().add("Range", range),
                /* http11= */ true,
                InetAddress.getLoopbackAddress()));
    door.handle(exchange);
    return exchange;
  }

  private static StoredHead head(RecordedExchange exchange) {
    return StoredHead.of(new RelayHead(exchange.status(), exchange.headers())).orElseThrow();
  }

  @Test
  void head_saysWhatIsThereUpToTheHole() throws Exception {
    store(OptionalLong.of(LENGTH), 0, 30_000, 50_000, LENGTH);

    RecordedExchange exchange = asked("HEAD", StoredDoor.target(KEY), "bytes=10000-");

    assertThat(exchange.status()).isEqualTo(206);
    assertThat(exchange.bytes()).isEmpty();
    assertThat(exchange.isEnded()).isTrue();
    StoredHead head = head(exchange);
    assertThat(head.end()).isEqualTo(30_000);
    assertThat(head.facts().total()).hasValue(LENGTH);
    assertThat(head.facts().strongValidator()).contains("\"v\"");
    assertThat(head.facts().finalHost()).isEqualTo("cdn.example");
  }

  @Test
  void get_sendsTheBytesUpToTheHole() throws Exception {
    store(OptionalLong.of(LENGTH), 0, 30_000, 50_000, LENGTH);

    RecordedExchange all = asked("GET", StoredDoor.target(KEY), "bytes=10000-");
    RecordedExchange part = asked("GET", StoredDoor.target(KEY), "bytes=50000-50099");

    assertThat(all.headers().first("Content-Range")).contains("bytes 10000-29999/100000");
    assertThat(all.headers().first("Content-Length")).contains("20000");
    assertThat(all.bytes()).isEqualTo(FILM.bytes(10_000, 20_000));
    assertThat(part.headers().first("Content-Range")).contains("bytes 50000-50099/100000");
    assertThat(part.bytes()).isEqualTo(FILM.bytes(50_000, 100));
  }

  @Test
  void head_ofWhatIsNotThere_isNothing() throws Exception {
    store(OptionalLong.of(LENGTH), 0, 30_000);
    TitleKey other = new TitleKey("aaaaaaaaaaaaaaaaaaaaaaaaaa");

    assertThat(asked("HEAD", StoredDoor.target(KEY), "bytes=30000-").status()).isEqualTo(404);
    assertThat(asked("HEAD", StoredDoor.target(KEY), "bytes=x").status()).isEqualTo(404);
    assertThat(asked("HEAD", StoredDoor.target(other), "bytes=0-").status()).isEqualTo(404);
    assertThat(asked("HEAD", StoredDoor.TARGET + "..", "bytes=0-").status()).isEqualTo(404);
  }

  /** The node that asks is the home, and this one is not. */
  @Test
  void relayDoor_signedByANode_answersWhereverTheHomeIs() throws Exception {
    store(OptionalLong.of(LENGTH), 0, LENGTH);
    ClusterKey key = new ClusterKey("the key of a test");
    InstantSource clock = InstantSource.system();
    ClusterNode home = new ClusterNode("home", 1, "127.0.0.1", 1, /* isPrimary= */ false);
    RelayDoor doorOfAll =
        new RelayDoor(
            key,
            new SpentTickets(clock),
            _ -> new HomePlace.There(home),
            _ -> {
              throw new AssertionError("not a request of a player");
            },
            door,
            _ -> {
              throw new AssertionError("no request of an operator");
            });
    String target = StoredDoor.target(KEY);
    RelayTicket ticket =
        RelayTicket.of(
            new RelayedClient(InetAddress.getLoopbackAddress(), /* isHidden= */ true),
            new AccountKey(0),
            clock.millis());
    String signed = ticket.sealed(key, "HEAD", target, "bytes=0-");

    assertThat(head(through(doorOfAll, target, signed)).end()).isEqualTo(LENGTH);
    assertThat(through(doorOfAll, target, signed).status()).as("a second time").isEqualTo(403);
    assertThat(through(doorOfAll, target, "").status()).isEqualTo(403);
  }

  private static RecordedExchange through(RelayDoor all, String target, String ticket)
      throws Exception {
    Headers headers = new Headers().add("Range", "bytes=0-").add(RelayTicket.FIELD, ticket);
    RecordedExchange exchange =
        new RecordedExchange(
            new Request(
                "id",
                "HEAD",
                target,
                headers,
                /* http11= */ true,
                InetAddress.getLoopbackAddress()));
    all.handle(exchange);
    return exchange;
  }

  /** Nothing would show that it is the same file. */
  @Test
  void head_ofAFileOfUnknownLength_isNothing() throws Exception {
    store(OptionalLong.empty(), 0, 30_000);

    assertThat(asked("HEAD", StoredDoor.target(KEY), "bytes=0-").status()).isEqualTo(404);
  }
}
