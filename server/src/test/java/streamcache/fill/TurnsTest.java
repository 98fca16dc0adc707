package streamcache.fill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.link.AccountId;
import streamcache.link.KeyRing;
import streamcache.link.LinkCodec;
import streamcache.link.Originals;
import streamcache.origin.Failure;
import streamcache.origin.HabitBook;
import streamcache.origin.OriginException;
import streamcache.settings.ProviderRules;
import streamcache.settings.StoreSettings;
import streamcache.store.Store;
import streamcache.store.Title;

/**
 * Found by the soak: at a full store some came again and again, and whoever stood still beside them
 * got no place. Who has stood longest comes first, wherever its bytes will come from.
 */
final class TurnsTest {

  /** Before and after the count of nanoseconds turns over. */
  private static final long NOW = Long.MIN_VALUE + 3_000_000_000L;

  private static final AccountId ACCOUNT = new AccountId("provider.example:80");

  @TempDir Path folder;

  private final ScheduledExecutorService tick = Executors.newSingleThreadScheduledExecutor();
  private final Turns turns = new Turns();
  private Store store;
  private Title title;

  @BeforeEach
  void open() throws Exception {
    store =
        Store.open(
            new StoreSettings(
                folder.resolve("cache"),
                OptionalLong.of(1 << 30),
                OptionalLong.empty(),
                /* minFreeBytes= */ 0,
                Duration.ofMinutes(5),
                256 << 10,
                StoreSettings.Eviction.HEADS),
            new Quiet());
    title = store.title(wish().link().key());
  }

  @AfterEach
  void close() {
    title.close();
    store.close();
    tick.shutdownNow();
  }

  @Test
  void before_thoseWhoCameEarlier() {
    Turns.Turn first = turns.take(ago(5));
    Turns.Turn second = turns.take(ago(4));
    assertThat(turns.before(first, List.of(), NOW)).isZero();
    assertThat(turns.before(second, List.of(), NOW)).isEqualTo(1);
    turns.giveBack(first);
    assertThat(turns.before(second, List.of(), NOW)).isZero();
  }

  @Test
  void title_whosePlayersStandLonger_comesFirst() throws Exception {
    Turns.Turn turn = turns.take(ago(2));
    List<Fill> fills = List.of(waiting(ago(4)));
    assertThat(turns.before(turn, fills, NOW)).isEqualTo(1);
    assertThat(turns.beforeTitles(fills, NOW)).isZero();
  }

  @Test
  void title_whosePlayersCameLater_comesAfterwards() throws Exception {
    Turns.Turn turn = turns.take(ago(4));
    List<Fill> fills = List.of(waiting(ago(2)));
    assertThat(turns.before(turn, fills, NOW)).isZero();
    assertThat(turns.beforeTitles(fills, NOW)).isEqualTo(1);
  }

  /** What only completes titles waits for everybody. */
  @Test
  void title_thatNobodyWaitsFor_comesLast() throws Exception {
    turns.take(ago(4));
    turns.take(ago(0));
    assertThat(turns.beforeTitles(List.of(), NOW)).isEqualTo(2);
    Fill passing = waiting(ago(9));
    passing.demands.getFirst().trouble(new Trouble.StoreRefuses());
    assertThat(turns.beforeTitles(List.of(passing), NOW)).isEqualTo(2);
  }

  private static long ago(long seconds) {
    return NOW - seconds * 1_000_000_000;
  }

  /** A title that somebody has waited for so long. */
  private Fill waiting(long since) throws Exception {
    Wish wish = wish();
    Fill fill = new Fill(title, wish, ProviderRules.NONE, since);
    fill.add(new Demand(account(), fill, wish, /* joined= */ false, since), wish, since);
    return fill;
  }

  private static Wish wish() throws Exception {
    LinkCodec codec = new LinkCodec();
    return new Wish(
        codec.decode(codec.encode("http://provider.example/film.mkv")),
        /* start= */ 0,
        Long.MAX_VALUE,
        /* factsOnly= */ false,
        Map.of(),
        /* isTrusted= */ true);
  }

  private Account account() {
    Memory memory = new Memory(ACCOUNT, HabitBook.inMemory(InstantSource.system()));
    Ledger ledger = new Ledger(new Budget(1, Optional.empty(), NOW), ProviderRules.NONE, memory);
    Source source =
        new Source(
            (_, _) -> {
              throw new OriginException(new Failure.Slow(OptionalInt.empty(), "not asked here"));
            },
            new Originals(KeyRing.empty()));
    Places places = new Places();
    Decision decision = new Decision(/* rangeTeeThreshold= */ 1 << 20);
    return new Account(
        source,
        ledger,
        places,
        new Dispatcher(ACCOUNT, ledger, places, source, decision, new Quiet(), tick));
  }
}
