package streamcache.playback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.event.Event;
import streamcache.fill.FillEvent;
import streamcache.fill.Fills;
import streamcache.fill.Source;
import streamcache.link.KeyRing;
import streamcache.link.Link;
import streamcache.link.LinkCodec;
import streamcache.link.Originals;
import streamcache.origin.Failure;
import streamcache.origin.OriginException;
import streamcache.origin.ProviderProfiles;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;
import streamcache.settings.EgressSettings;
import streamcache.settings.EvictionPolicy;
import streamcache.settings.FillSettings;
import streamcache.settings.RedirectPolicy;
import streamcache.settings.StoreSettings;
import streamcache.store.Generation;
import streamcache.store.GenerationFacts;
import streamcache.store.Store;
import streamcache.store.Title;
import streamcache.testkit.Content;

/** A response sent without a thread equals the one that a thread would send. */
final class ReadyTest {

  private static final int SIZE = 3 << 20;
  private static final String MODIFIED = "Tue, 01 Jan 2030 00:00:00 GMT";

  private static final class Records implements Consumer<Event> {
    private final List<PlaybackRecord> ended = new ArrayList<>();
    private int started;

    @Override
    public void accept(Event event) {
      switch (event) {
        case PlaybackEvent.Started _ -> started++;
        case PlaybackEvent.Finished(PlaybackRecord playback) -> ended.add(playback);
        default -> {}
      }
    }
  }

  @TempDir Path folder;

  private final Content film = Content.of(/* seed= */ 7, SIZE);
  private final Records records = new Records();
  private Store store;
  private Fills fills;
  private Fills checkingFills;
  private FillSettings settings;
  private Playbacks playbacks;
  private final InstantSource clock = () -> Instant.parse("2030-02-01T00:00:00Z");
  private final CountDownLatch checked = new CountDownLatch(1);
  private Link link;

  @BeforeEach
  void open() throws Exception {
    store = Store.open(settings(), _ -> {});
    settings =
        new FillSettings(
            20 << 20,
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofMinutes(1),
            /* providerMaxConnections= */ OptionalInt.empty(),
            /* verifyTls= */ true,
            new EgressSettings(List.of(), List.of(), List.of(), RedirectPolicy.ANY));
    fills =
        new Fills(
            store,
            (_, _) -> {
              throw new AssertionError("nothing upstream is needed");
            },
            settings.with(/* otherRevalidateAfter= */ Duration.ZERO),
            _ -> {});
    playbacks = new Playbacks(store, fills, settings, records, clock);
    checkingFills =
        new Fills(
            store,
            new Source(
                (_, _) -> {
                  throw new OriginException(new Failure.Gone(OptionalInt.of(404), "gone"));
                },
                new Originals(KeyRing.empty())),
            settings,
            ProviderProfiles.inMemory(clock),
            event -> {
              if (event instanceof FillEvent.TitleChecked) {
                checked.countDown();
              }
            });
    link = new LinkCodec().decode(new LinkCodec().encode("http://host.example/film.mkv"));
  }

  @AfterEach
  void close() {
    fills.close();
    checkingFills.close();
    store.close();
  }

  private StoreSettings settings() {
    return new StoreSettings(
        folder,
        OptionalLong.of(1 << 30),
        OptionalLong.empty(),
        /* minFreeBytes= */ 0,
        Duration.ofMinutes(1),
        /* progressFlushBytes= */ 256 << 10,
        EvictionPolicy.HEADS);
  }

  private void fill(int bytes) throws IOException {
    try (Title title = store.title(link.key())) {
      Generation generation =
          title.begin(
              new GenerationFacts(
                  OptionalLong.of(SIZE),
                  Optional.of("\"v1\""),
                  Optional.of(MODIFIED),
                  "video/x-matroska",
                  Optional.empty(),
                  "film.mkv",
                  "host.example:80",
                  "host.example",
                  Optional.empty()));
      ByteBuffer data = ByteBuffer.allocateDirect(bytes);
      data.put(film.bytes(0, bytes)).flip();
      generation.write(0, data);
    }
  }

  private static Request request(String method, String... fields) {
    Headers headers = new Headers().add("Host", "h");
    for (String field : fields) {
      String[] parts = field.split(": ", 2);
      headers.add(parts[0], parts[1]);
    }
    return new Request(
        "id", method, "/u/x", headers, /* http11= */ true, InetAddress.getLoopbackAddress());
  }

  private static String[] fields(String line) {
    String[] words = line.split(" \\| ");
    String[] fields = new String[words.length - 1];
    System.arraycopy(words, 1, fields, 0, fields.length);
    return fields;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET | Range: bytes=0-0",
        "GET | Range: bytes=5-70000",
        "GET | Range: bytes=-1000",
        "GET | Range: bytes=3145727-",
        "GET | Range: bytes=3145728-",
        "GET | Range: bytes=2097152-9999999",
        "GET | Range: bytes=0-99 | If-Range: \"other\" | If-None-Match: *",
        "GET | If-Modified-Since: Tue, 01 Jan 2030 00:00:00 GMT",
        "GET | If-Match: \"other\"",
        "HEAD",
        "HEAD | Range: bytes=0-99",
        "HEAD | If-Unmodified-Since: Tue, 01 Jan 2020 00:00:00 GMT",
      })
  void ready_completeTitle_answersAsPlayDoes(String line) throws Exception {
    fill(SIZE);
    Request request = request(line.split(" \\| ")[0], fields(line));

    Ready ready = playbacks.ready(request, link).orElseThrow();
    byte[] body =
        ready
            .file()
            .map(file -> RecordedExchange.read(file, ready.from(), ready.length()))
            .orElse(new byte[0]);
    ready.end(body.length, Ready.Outcome.WHOLE);
    RecordedExchange played = new RecordedExchange(request);
    Asked asked = new Asked(link, request.peer(), /* isTrusted= */ true, () -> true, () -> {});
    playbacks.play(played, asked, (_, why) -> fail("not played: " + why));

    assertThat(played.isEnded()).isTrue();
    assertThat(ready.status()).isEqualTo(played.status());
    assertThat(ready.headers().fields()).isEqualTo(played.headers().fields());
    assertThat(body).isEqualTo(played.bytes());
    assertThat(records.started).isEqualTo(2);
    PlaybackRecord first = records.ended.getFirst();
    PlaybackRecord second = records.ended.getLast();
    assertThat(first.bytes()).isEqualTo(second.bytes());
    assertThat(first.fromStore()).isEqualTo(second.fromStore());
    assertThat(first.range()).isEqualTo(second.range());
    assertThat(first.decided()).isEqualTo(second.decided());
    assertThat(first.ended()).isEqualTo(second.ended());
  }

  /** A check due at the provider needs a thread once; all other requests need none. */
  @ParameterizedTest
  @ValueSource(strings = {"GET | Range: bytes=0-99", "HEAD"})
  void ready_checkDue_isLeftToAThreadUntilItIsMade(String line) throws Exception {
    fill(SIZE);
    Playbacks checking = new Playbacks(store, checkingFills, settings, records, clock);
    Request request = request(line.split(" \\| ")[0], fields(line));

    assertThat(checking.ready(request, link)).isEmpty();
    checking.play(
        new RecordedExchange(request),
        new Asked(
            link, InetAddress.getLoopbackAddress(), /* isTrusted= */ true, () -> true, () -> {}),
        (_, why) -> fail("not played: " + why));
    checked.await();
    Ready ready = checking.ready(request, link).orElseThrow();
    ready.end(0, Ready.Outcome.PLAYER_LEFT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET",
        "GET | Range: bytes=0-",
        "GET | Range: bytes=0-1048576",
        "GET | Range: bytes=0-1,500-501",
        "GET | Range: bytes=0-99 | If-Range: \"other\""
      })
  void ready_longOrSeveral_isLeftToAThread(String line) throws Exception {
    fill(SIZE);

    assertThat(playbacks.ready(request("GET", fields(line)), link)).isEmpty();
    assertThat(records.started).isZero();
  }

  /** A thread has to ensure that the rest is fetched. */
  @Test
  void ready_partOfAnIncompleteTitle_isLeftToAThread() throws Exception {
    fill(SIZE - 1);

    assertThat(playbacks.ready(request("GET", "Range: bytes=0-99"), link)).isEmpty();
  }

  @Test
  void ready_titleNotOpen_isLeftToAThread() {
    assertThat(playbacks.ready(request("HEAD"), link)).isEmpty();
  }

  @Test
  void end_playerLeftHalfWay_tellsWhatItGot() throws Exception {
    fill(SIZE);

    playbacks
        .ready(request("GET", "Range: bytes=0-99"), link)
        .orElseThrow()
        .end(40, Ready.Outcome.PLAYER_LEFT);

    assertThat(records.ended).hasSize(1);
    assertThat(records.ended.getFirst().bytes()).isEqualTo(40);
    assertThat(records.ended.getFirst().ended()).isInstanceOf(Ended.PlayerLeft.class);
  }

  @Test
  void end_fileUnreadable_makesAHoleOfTheRest() throws Exception {
    fill(SIZE);

    playbacks
        .ready(request("GET", "Range: bytes=1000000-1099999"), link)
        .orElseThrow()
        .end(40_000, Ready.Outcome.UNREADABLE);

    assertThat(records.ended.getFirst().ended()).isInstanceOf(Ended.Cut.class);
    assertThat(playbacks.ready(request("GET", "Range: bytes=1000000-1099999"), link)).isEmpty();
    try (Title title = store.title(link.key())) {
      RangeSet present = title.generation().orElseThrow().present();
      assertThat(present.holes(new ByteRange(0, SIZE)))
          .isEqualTo(RangeSet.of(new ByteRange(1_040_000, 1_100_000)));
    }
  }
}
