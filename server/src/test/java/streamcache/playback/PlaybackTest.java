package streamcache.playback;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.fill.DemandTrouble;
import streamcache.fill.Fills;
import streamcache.fill.Wish;
import streamcache.origin.Failure;
import streamcache.store.Generation;

/** One request from its link to its last byte, over a real store and without an account. */
final class PlaybackTest {

  private static final int SIZE = Stage.SIZE;

  @TempDir Path folder;

  private Stage stage;
  private FakeDemand demand;
  private Fills idle;
  private Optional<Wish> wish = Optional.empty();

  @BeforeEach
  void open() throws Exception {
    stage = new Stage(folder);
    demand = stage.demand;
    idle =
        new Fills(
            stage.store,
            (_, _) -> {
              throw new AssertionError("nothing upstream is needed");
            },
            Stage.impatient(),
            _ -> {});
  }

  @AfterEach
  void close() {
    idle.close();
    stage.close();
  }

  private Playback playback(RecordedExchange exchange, boolean mayBegin) {
    return new Playback(
        exchange,
        stage.asked(mayBegin),
        () -> stage.store.title(stage.asked(mayBegin).link().key()),
        wanted -> {
          wish = Optional.of(wanted);
          return demand;
        },
        idle.revalidation(),
        stage.patience(exchange.request()),
        InstantSource.system());
  }

  private Ended play(RecordedExchange exchange) {
    return playback(exchange, /* mayBegin= */ true).run();
  }

  private static RecordedExchange get(String... fields) {
    return new RecordedExchange(Stage.request("GET", fields));
  }

  private Generation complete() {
    Generation generation = stage.begin(OptionalLong.of(SIZE));
    stage.arrives(generation, 0, SIZE);
    return generation;
  }

  @Test
  void run_completeTitle_isAHitAndWantsNothing() {
    complete();
    RecordedExchange exchange = get();
    Playback playback = playback(exchange, /* mayBegin= */ true);
    Ended ended = playback.run();
    assertThat(ended).isEqualTo(new Ended.Done());
    assertThat(exchange.status()).isEqualTo(200);
    assertThat(exchange.bytes()).isEqualTo(stage.film.bytes(0, SIZE));
    assertThat(wish).isEmpty();
    assertThat(playback.record(ended).decided()).contains(Decided.HIT);
  }

  @Test
  void run_rangeOfWhatArrives_isAnsweredAsItComes() {
    Generation generation = stage.begin(OptionalLong.of(SIZE));
    demand.then(() -> stage.arrives(generation, 100_000, 50_000));
    RecordedExchange exchange = get("Range: bytes=100000-149999");
    assertThat(play(exchange)).isEqualTo(new Ended.Done());
    assertThat(exchange.status()).isEqualTo(206);
    assertThat(exchange.headers().first("Content-Range")).contains("bytes 100000-149999/300000");
    assertThat(exchange.bytes()).isEqualTo(stage.film.bytes(100_000, 50_000));
    assertThat(wish.orElseThrow().start()).isEqualTo(100_000);
    assertThat(demand.isClosed).isTrue();
  }

  @Test
  void run_unknownTitle_learnsWhatItIsFirst() {
    demand.learns(() -> Optional.of(complete()));
    RecordedExchange exchange = get();
    assertThat(play(exchange)).isEqualTo(new Ended.Done());
    assertThat(exchange.bytes()).isEqualTo(stage.film.bytes(0, SIZE));
  }

  @Test
  void run_unknownTitle_nothingComes_isRefusedAndNothingIsSent() {
    RecordedExchange exchange = get();
    assertThat(play(exchange)).isEqualTo(new Ended.Refused(FakeDemand.EXCUSE));
    assertThat(exchange.status()).isZero();
    assertThat(demand.isClosed).isTrue();
  }

  @Test
  void run_unknownTitle_mayNotBegin_wantsNothing() {
    assertThat(playback(get(), /* mayBegin= */ false).run()).isEqualTo(new Ended.NotBegun());
    assertThat(wish).isEmpty();
  }

  /** A body shorter than promised ends with an abort. */
  @Test
  void run_failsOnTheWay_isCutAndAborted() {
    Generation generation = stage.begin(OptionalLong.of(SIZE));
    stage.arrives(generation, 0, 1000);
    Failure gone = new Failure.Gone(OptionalInt.of(404), "no such file");
    demand.then(() -> demand.trouble(new DemandTrouble.Failed(gone)));
    RecordedExchange exchange = get();
    assertThat(play(exchange)).isEqualTo(new Ended.Cut("no such file"));
    assertThat(exchange.isAborted()).isTrue();
    assertThat(exchange.isEnded()).isFalse();
    assertThat(exchange.bytes()).hasSize(1000);
  }

  @Test
  void run_playerLeaves_isNotCalledAFailure() {
    stage.begin(OptionalLong.of(SIZE));
    RecordedExchange exchange = get();
    demand.isServed = true;
    demand.then(() -> {}).then(exchange::leave);
    assertThat(play(exchange)).isEqualTo(new Ended.PlayerLeft());
    assertThat(demand.isClosed).isTrue();
  }

  /** The file changes at the provider: a player without bytes of the old file gets the new one. */
  @Test
  void run_fileChangesBeforeTheFirstByte_theNewOneIsSent() {
    stage.begin(OptionalLong.of(SIZE));
    demand.then(this::complete);
    RecordedExchange exchange = get();
    assertThat(play(exchange)).isEqualTo(new Ended.Done());
    assertThat(exchange.bytes()).isEqualTo(stage.film.bytes(0, SIZE));
  }
}
