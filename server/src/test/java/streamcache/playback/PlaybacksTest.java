package streamcache.playback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.event.Event;
import streamcache.fill.Fills;
import streamcache.link.Link;
import streamcache.link.LinkCodec;
import streamcache.settings.EgressSettings;
import streamcache.settings.EvictionPolicy;
import streamcache.settings.FillSettings;
import streamcache.settings.RedirectPolicy;
import streamcache.settings.StoreSettings;
import streamcache.store.Store;

/** What listeners receive for playbacks that do not end with a film. */
final class PlaybacksTest {

  @TempDir Path folder;

  private final List<PlaybackRecord> ended = new ArrayList<>();
  private final List<PlaybackRecord> refused = new ArrayList<>();
  private Store store;
  private Fills fills;
  private Playbacks playbacks;
  private Link link;

  private void hear(Event event) {
    switch (event) {
      case PlaybackEvent.Finished finished -> ended.add(finished.playback());
      case PlaybackEvent.Refused refusal -> refused.add(refusal.playback());
      default -> {}
    }
  }

  @BeforeEach
  void open() throws Exception {
    StoreSettings settings =
        new StoreSettings(
            folder,
            OptionalLong.of(1 << 30),
            OptionalLong.empty(),
            /* minFreeBytes= */ 0,
            Duration.ofMinutes(1),
            /* progressFlushBytes= */ 256 << 10,
            EvictionPolicy.HEADS);
    store = Store.open(settings, _ -> {});
    FillSettings fill =
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
            fill,
            _ -> {});
    playbacks = new Playbacks(store, fills, fill, this::hear, InstantSource.system());
    link = new LinkCodec().decode(new LinkCodec().encode("http://host.example/film.mkv"));
  }

  @AfterEach
  void close() {
    fills.close();
    store.close();
  }

  private static RecordedExchange exchange() {
    return new RecordedExchange(
        new Request(
            "id",
            "GET",
            "/u/x",
            new Headers(),
            /* http11= */ true,
            InetAddress.getLoopbackAddress()));
  }

  /** Otherwise it counts as under way until a restart, and no access line reports it. */
  @Test
  void play_endsInABug_isReportedOnceAsEnded() {
    Asked asked =
        new Asked(
            link,
            InetAddress.getLoopbackAddress(),
            /* isTrusted= */ true,
            () -> {
              throw new IllegalStateException("a bug");
            },
            () -> {});

    assertThatThrownBy(() -> playbacks.play(exchange(), asked, this::forbid)).hasMessage("a bug");

    assertThat(ended).hasSize(1);
    assertThat(ended.getFirst().ended()).isEqualTo(new Ended.Cut("internal error"));
  }

  @Test
  void play_mayNotBegin_isNoHit() throws Exception {
    Asked asked =
        new Asked(
            link, InetAddress.getLoopbackAddress(), /* isTrusted= */ true, () -> false, () -> {});

    playbacks.play(exchange(), asked, this::forbid);

    assertThat(ended).hasSize(1);
    assertThat(ended.getFirst().ended()).isInstanceOf(Ended.NotBegun.class);
    assertThat(ended.getFirst().decided()).isEmpty();
    assertThat(refused).extracting(PlaybackRecord::status).containsExactly(403);
  }

  /** Listeners are notified first, so the page that is made next can show their result. */
  @Test
  void play_refused_tellsTheEndFirstAndTheStatusWhenTheAnswerBegins() throws Exception {
    Asked asked =
        new Asked(
            link, InetAddress.getLoopbackAddress(), /* isTrusted= */ true, () -> false, () -> {});

    playbacks.play(
        exchange(),
        asked,
        (exchange, _) -> {
          assertThat(ended).hasSize(1);
          assertThat(refused).isEmpty();
          exchange.head(206, new Headers());
          assertThat(refused).extracting(PlaybackRecord::status).containsExactly(206);
        });

    assertThat(refused).hasSize(1);
  }

  @Test
  void play_refusedAndThePlayerLeft_hasNoStatus() {
    Asked asked =
        new Asked(
            link, InetAddress.getLoopbackAddress(), /* isTrusted= */ true, () -> false, () -> {});

    assertThatThrownBy(() ->
            playbacks.play(
                exchange(),
                asked,
                (_, _) -> {
                  throw new ClientGone("left");
                }))
        .isInstanceOf(ClientGone.class);

    assertThat(refused).extracting(PlaybackRecord::status).containsExactly(0);
  }

  private void forbid(Exchange exchange, Ended.Unanswered why) throws ClientGone {
    exchange.head(403, new Headers());
    exchange.end();
  }
}
