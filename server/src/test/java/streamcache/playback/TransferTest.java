package streamcache.playback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.fill.DemandTrouble;
import streamcache.live.Broadcast;
import streamcache.live.LiveFeed;
import streamcache.live.LiveWindow;
import streamcache.live.WindowMemory;
import streamcache.origin.Failure;
import streamcache.range.ByteRange;
import streamcache.store.Generation;
import streamcache.testkit.live.ChannelPacket;

/** One range on its way to a player, over a real store and without an account. */
final class TransferTest {

  private static final int SIZE = Stage.SIZE;

  @TempDir Path folder;

  private final Tally tally = new Tally();
  private final Request request = Stage.request("GET");
  private final RecordedExchange exchange = new RecordedExchange(request);
  private Stage stage;
  private FakeDemand demand;
  private Generation generation;

  @BeforeEach
  void open() throws Exception {
    stage = new Stage(folder);
    demand = stage.demand;
    generation = stage.begin(OptionalLong.of(SIZE));
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private void arrives(long start, int count) {
    stage.arrives(generation, start, count);
  }

  private Transfer transfer(long start, long end) {
    Transfer transfer =
        new Transfer(
            exchange,
            generation,
            stage.patience(request),
            tally,
            new ByteRange(start, end),
            generation.present());
    transfer.demand(() -> demand);
    return transfer;
  }

  private void assertSent(long start, long end) {
    assertThat(exchange.bytes()).isEqualTo(stage.film.bytes(start, (int) (end - start)));
  }

  @Test
  void send_allIsPresent_needsNobody() throws Exception {
    arrives(0, SIZE);
    try (Transfer transfer = transfer(1000, 200_000)) {
      transfer.awaitFirst();
      transfer.send(200_000);
    }
    assertSent(1000, 200_000);
    assertThat(demand.blockedAt).isEmpty();
    assertThat(tally.fromStore()).isEqualTo(199_000);
  }

  @Test
  void send_hole_goesOnWithWhatArrives() throws Exception {
    arrives(0, 50_000);
    demand.then(() -> arrives(50_000, 100_000)).then(() -> arrives(150_000, SIZE - 150_000));
    try (Transfer transfer = transfer(0, SIZE)) {
      transfer.awaitFirst();
      transfer.send(SIZE);
    }
    assertSent(0, SIZE);
    assertThat(demand.blockedAt).containsExactly(50_000L, 150_000L);
    assertThat(demand.watched).isEqualTo(SIZE);
    assertThat(tally.fromStore()).isEqualTo(50_000);
  }

  @Test
  void send_lengthIsLearnedOnTheWay_endsThere() throws Exception {
    generation = stage.begin(OptionalLong.empty());
    arrives(0, 50_000);
    demand.then(() -> generation.ended(50_000));
    try (Transfer transfer = transfer(0, SIZE)) {
      transfer.send(SIZE);
    }
    assertSent(0, 50_000);
  }

  /** A title that was taken for a file changes over in the middle of a packet of the broadcast. */
  @Test
  void send_titleTurnsOutToBeABroadcast_goesOnWithItsWindow() throws Exception {
    generation = stage.begin(OptionalLong.empty());
    arrives(0, 50_000);
    try (LiveWindow window = new LiveWindow(new WindowMemory(8 << 20), /* base= */ 49_960);
        Transfer transfer = transfer(0, Long.MAX_VALUE)) {
      demand.then(() -> {
        LiveFeed feed = new LiveFeed(window);
        long _ = feed.take(ByteBuffer.wrap(ChannelPacket.of(1)), 0);
        long _ = feed.take(ByteBuffer.wrap(ChannelPacket.of(2)), 0);
        demand.broadcast = Optional.of(new Broadcast(window, "video/mp2t", Optional.empty()));
        stage.abandon(generation);
      });
      demand.then(() -> assertThat(generation.readers()).isZero());
      assertThatThrownBy(() -> transfer.send(Long.MAX_VALUE)).isInstanceOf(CutShort.class);
    }
    ByteBuffer sent = ByteBuffer.wrap(exchange.bytes());
    assertThat(sent.slice(0, 50_000)).isEqualTo(ByteBuffer.wrap(stage.film.bytes(0, 50_000)));
    assertThat(sent.slice(50_000, 148)).isEqualTo(ByteBuffer.wrap(ChannelPacket.of(1), 40, 148));
    assertThat(sent.slice(50_148, 188)).isEqualTo(ByteBuffer.wrap(ChannelPacket.of(2)));
    assertThat(sent.remaining()).isEqualTo(50_148 + 188);
  }

  @Test
  void send_nothingComes_isCutWithTheReason() {
    arrives(0, 50_000);
    try (Transfer transfer = transfer(0, SIZE)) {
      assertThatThrownBy(() -> transfer.send(SIZE))
          .isInstanceOfSatisfying(
              CutShort.class,
              cut -> assertThat(cut.reason()).isEqualTo(FakeDemand.EXCUSE.detail()));
    }
    assertSent(0, 50_000);
  }

  @Test
  void send_demandFails_isCutWithTheFailure() {
    Failure gone = new Failure.Gone(OptionalInt.of(404), "no such file");
    demand.then(() -> demand.trouble(new DemandTrouble.Failed(gone)));
    try (Transfer transfer = transfer(0, SIZE)) {
      assertThatThrownBy(() -> transfer.send(SIZE))
          .isInstanceOfSatisfying(
              CutShort.class, cut -> assertThat(cut.reason()).isEqualTo("no such file"));
    }
  }

  @Test
  void send_playerLeavesAtAHole_endsWithoutASentence() {
    demand.then(exchange::leave);
    try (Transfer transfer = transfer(0, SIZE)) {
      assertThatThrownBy(() -> transfer.send(SIZE)).isInstanceOf(ClientGone.class);
    }
  }

  /** The store accepts nothing: the player still gets the range, then the rest from the store. */
  @Test
  void send_storeRefuses_passesItAndComesBack() throws Exception {
    arrives(0, 50_000);
    FakePass pass = new FakePass(stage.film, 50_000, 120_000);
    demand
        .passing(pass)
        .then(() -> demand.trouble(new DemandTrouble.StoreRefuses()))
        .then(() -> arrives(120_000, SIZE - 120_000));
    try (Transfer transfer = transfer(0, SIZE)) {
      transfer.send(SIZE);
    }
    assertSent(0, SIZE);
    assertThat(demand.passedFrom).containsExactly(50_000L);
    assertThat(demand.blockedAt).containsExactly(50_000L, 120_000L);
    assertThat(demand.trouble()).as("it is met the usual way again").isEmpty();
    assertThat(pass.isClosed).isTrue();
  }

  @Test
  void send_providerRefusesToPassTheStore_isCut() {
    demand.then(() -> demand.trouble(new DemandTrouble.StoreRefuses()));
    try (Transfer transfer = transfer(0, SIZE)) {
      assertThatThrownBy(() -> transfer.send(SIZE)).isInstanceOf(CutShort.class);
    }
    assertThat(demand.passedFrom).containsExactly(0L);
  }

  /** Bytes are not sent again from a disk that cannot read them. */
  @Test
  void send_fileCannotBeRead_isCutAndTheBytesAreNoLongerTrusted() {
    arrives(0, SIZE);
    exchange.fail(new IOException("I/O error"));
    try (Transfer transfer = transfer(0, SIZE)) {
      assertThatThrownBy(() -> transfer.send(SIZE))
          .isInstanceOfSatisfying(
              CutShort.class, cut -> assertThat(cut.reason()).isEqualTo(Transfer.UNREADABLE));
    }
    assertThat(generation.present().contains(0)).isFalse();
  }

  @Test
  void awaitFirst_connectionIsOnItsWay_doesNotWaitForTheByte() throws Exception {
    demand.isServed = true;
    try (Transfer transfer = transfer(0, SIZE)) {
      transfer.awaitFirst();
    }
    assertThat(demand.blockedAt).hasSize(1);
  }

  @Test
  void awaitFirst_nothingInSight_isRefusedWithTheExcuse() {
    try (Transfer transfer = transfer(0, SIZE)) {
      assertRefused(transfer);
    }
    assertThat(demand.blockedAt).as("waits for an answer alone").hasSize(1);
  }

  @Test
  void awaitFirst_placeInSight_waitsForThatAsWell() throws Exception {
    demand.isInSight = true;
    demand.then(() -> {}).then(() -> arrives(0, 1000));
    try (Transfer transfer = transfer(0, SIZE)) {
      transfer.awaitFirst();
    }
    assertThat(demand.blockedAt).hasSize(2);
  }

  @Test
  void awaitFirst_providerIsSilent_waitsForItsFirstByte() throws Exception {
    demand.isProviderSilent = true;
    demand.then(() -> {}).then(() -> arrives(0, 1000));
    try (Transfer transfer = transfer(0, SIZE)) {
      transfer.awaitFirst();
    }
    assertThat(demand.blockedAt).hasSize(2);
  }

  @Test
  void awaitFirst_lineDoesNotCarryIt_isRefusedThoughItIsStored() {
    arrives(0, 1000);
    demand.isAdmitted = false;
    try (Transfer transfer = transfer(0, SIZE)) {
      assertRefused(transfer);
    }
  }

  private static void assertRefused(Transfer transfer) {
    assertThatThrownBy(transfer::awaitFirst)
        .isInstanceOfSatisfying(
            PlaybackRefused.class,
            refusal -> assertThat(refusal.failure()).isEqualTo(FakeDemand.EXCUSE));
  }
}
