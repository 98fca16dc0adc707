package streamcache.admin;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import streamcache.fill.Ending;
import streamcache.fill.FillEvent;
import streamcache.link.AccountId;
import streamcache.link.Link;
import streamcache.link.LinkCodec;
import streamcache.origin.Failure;
import streamcache.playback.Decided;
import streamcache.playback.Ended;
import streamcache.playback.Headers;
import streamcache.playback.PlaybackEvent;
import streamcache.playback.PlaybackRecord;
import streamcache.playback.Request;
import streamcache.schedule.FetchPurpose;
import streamcache.settings.EvictionPolicy;
import streamcache.settings.StoreSettings;
import streamcache.store.StoreUsage;
import streamcache.testkit.FakeClock;

/** What the history keeps of scripted traffic, by a clock that the test moves. */
final class HistoryTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @TempDir Path parent;

  private final FakeClock clock = new FakeClock().setWall(Instant.parse("2026-03-10T08:00:00Z"));
  private TrafficHistory history;

  @BeforeEach
  void begin() {
    history = new TrafficHistory(folder(), clock);
  }

  private Path folder() {
    return parent.resolve("history");
  }

  private StoreSettings settings() {
    return new StoreSettings(
        parent,
        OptionalLong.of(1000),
        OptionalLong.of(900),
        0,
        Duration.ofMinutes(1),
        1,
        EvictionPolicy.HEADS);
  }

  private static Link link() throws Exception {
    return new LinkCodec().decode(new LinkCodec().encode("http://host.example/film.mkv"));
  }

  private void play(Decided decided, long fromStore, long bytes, Duration firstByte)
      throws Exception {
    Request request =
        new Request("r1", "GET", "/u/x", new Headers(), true, InetAddress.getLoopbackAddress());
    history.accept(
        new PlaybackEvent.Finished(
            new PlaybackRecord(
                request,
                link(),
                200,
                Optional.of(decided),
                "-",
                bytes,
                fromStore,
                firstByte,
                firstByte,
                new Ended.Done())));
  }

  private void fetch(long bytes) throws Exception {
    closed(bytes, "host.example:80", new Ending.Finished());
  }

  private void fail(String account) throws Exception {
    Failure gone = new Failure.Gone(OptionalInt.of(404), "gone");
    closed(0, account, new Ending.Failed(gone));
  }

  private void closed(long bytes, String account, Ending ending) throws Exception {
    history.accept(
        new FillEvent.ConnectionClosed(
            link().key(),
            new AccountId(account),
            0,
            FetchPurpose.BEGINNING,
            bytes,
            bytes,
            /* isLive= */ false,
            /* answered= */ true,
            ending,
            /* request= */ ""));
  }

  private void minutes(int count) {
    for (int at = 0; at < count; at++) {
      clock.advance(Duration.ofMinutes(1));
      history.record();
    }
  }

  private void pause(Duration time) {
    clock.advance(time);
    history.record();
  }

  private void restart(boolean isClean) {
    if (isClean) {
      history.close();
    }
    begin();
  }

  private HistoryRow row(HistorySpan span, int fromEnd) {
    List<HistoryRow> rows = history.read(span, ZoneOffset.UTC).rows();
    return rows.get(rows.size() - 1 - fromEnd);
  }

  @Test
  void minutes_countWhatHappenedInThem() throws Exception {
    play(Decided.MISS, 0, 700, Duration.ofMillis(300));
    fetch(1000);
    minutes(1);
    play(Decided.HIT, 500, 500, Duration.ofMillis(3));
    fail("host.example:80");
    minutes(1);

    HistoryRow first = row(HistorySpan.HOUR, 2);
    assertThat(first.value(HistoryRow.PROVIDER_BYTES)).isEqualTo(700);
    assertThat(first.value(HistoryRow.STORE_BYTES)).isZero();
    assertThat(first.value(HistoryRow.FETCHED_BYTES)).isEqualTo(1000);
    assertThat(first.group(HistoryRow.REQUESTS)).containsExactly(Map.entry("MISS", 1L));
    HistoryRow second = row(HistorySpan.HOUR, 1);
    assertThat(second.value(HistoryRow.STORE_BYTES)).isEqualTo(500);
    assertThat(second.group(HistoryRow.ERRORS))
        .containsExactly(Map.entry("gone.host.example:80", 1L));
    HistoryRow day = row(HistorySpan.DAY, 0);
    assertThat(day.value(HistoryRow.STORE_BYTES)).isEqualTo(500);
    assertThat(day.group(HistoryRow.REQUESTS)).hasSize(2);
  }

  /** Nothing of it is lost by a stop, and of what was recorded, nothing by a kill. */
  @Test
  void spans_afterRandomTrafficWithStopsAndKills_areExact() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    TreeMap<Instant, Long> sent = new TreeMap<>();
    for (int step = 0; step < 2500; step++) {
      Instant before = clock.instant();
      // Unless the machine slept, the counters are read each minute.
      clock.advance(Duration.ofMinutes(random.nextInt(50) == 0 ? random.nextInt(3000) : 1));
      Instant lastMinute = clock.instant().minus(Duration.ofMinutes(1));
      Instant at = before.isBefore(lastMinute) ? lastMinute : before;
      int plays = random.nextInt(3);
      for (int play = 0; play < plays; play++) {
        long bytes = random.nextLong(1L << 40);
        play(Decided.HIT, bytes, bytes, Duration.ofMillis(1));
        sent.merge(at, bytes, Long::sum);
      }
      history.record();
      if (random.nextInt(40) == 0) {
        restart(random.nextBoolean());
      }
    }
    for (HistorySpan span : HistorySpan.values()) {
      HistoryTable table = history.read(span, BERLIN);
      for (int at = 0; at < table.rows().size(); at++) {
        long wanted =
            sent
                .subMap(table.borders().get(at), true, table.borders().get(at + 1), false)
                .values()
                .stream()
                .mapToLong(Long::longValue)
                .sum();
        assertThat(table.rows().get(at).value(HistoryRow.STORE_BYTES))
            .as("seed %d, %s from %s", seed, span, table.borders().get(at))
            .isEqualTo(wanted);
      }
    }
  }

  /** The hour is over before the next start, which adds it up from its minutes. */
  @Test
  void kill_beforeAnHourIsWritten_losesNothingOfIt() throws Exception {
    play(Decided.HIT, 5, 5, Duration.ofMillis(1));
    minutes(1);
    clock.advance(Duration.ofHours(2));
    restart(/* isClean= */ false);
    for (int hour = 0; hour < 4; hour++) {
      play(Decided.HIT, 1, 1, Duration.ofMillis(1));
      minutes(1);
      pause(Duration.ofHours(1));
    }
    restart(/* isClean= */ false);

    assertThat(history.read(HistorySpan.DAY, ZoneOffset.UTC).total().value(HistoryRow.STORE_BYTES))
        .isEqualTo(9);
  }

  @Test
  void stop_withinAMinute_losesNothing() throws Exception {
    play(Decided.HIT, 5, 5, Duration.ofMillis(1));
    restart(/* isClean= */ true);
    play(Decided.HIT, 6, 6, Duration.ofMillis(1));

    assertThat(row(HistorySpan.HOUR, 0).value(HistoryRow.STORE_BYTES)).isEqualTo(11);
  }

  @Test
  void record_withoutNews_leavesTheDiskAlone() throws Exception {
    minutes(3);
    assertThat(folder()).isDirectoryContaining(file -> file.endsWith(HistoryFiles.MINUTES));
    play(Decided.HIT, 5, 5, Duration.ofMillis(1));
    minutes(1);
    Files.delete(folder().resolve(HistoryFiles.MINUTES));
    minutes(30);
    assertThat(folder().resolve(HistoryFiles.MINUTES)).doesNotExist();
  }

  @Test
  void damagedFile_isSetAsideWithOneLine_andBegunAnew() throws Exception {
    play(Decided.HIT, 5, 5, Duration.ofMillis(1));
    minutes(1);
    Path file = folder().resolve(HistoryFiles.MINUTES);
    String damaged = Files.readString(file).replace("\"bytes.store\":5", "\"bytes.store\":7");
    Files.writeString(file, damaged);
    ListAppender<ILoggingEvent> log = listen();
    begin();
    play(Decided.HIT, 6, 6, Duration.ofMillis(1));
    minutes(2);

    assertThat(row(HistorySpan.HOUR, 2).value(HistoryRow.STORE_BYTES)).isEqualTo(6);
    assertThat(folder().resolve(HistoryFiles.DAMAGED)).hasContent(damaged);
    assertThat(log.list).hasSize(1);
    assertThat(log.list.getFirst().getFormattedMessage())
        .isEqualTo("event=history-damaged file=minutes set-aside=damaged");
    restart(/* isClean= */ false);
    assertThat(row(HistorySpan.HOUR, 2).value(HistoryRow.STORE_BYTES)).isEqualTo(6);
  }

  @Test
  void fileOfAMonth_damaged_isSetAside_andTheOthersStay() throws Exception {
    play(Decided.HIT, 5, 5, Duration.ofMillis(1));
    minutes(1);
    pause(Duration.ofDays(40));
    play(Decided.HIT, 6, 6, Duration.ofMillis(1));
    minutes(1);
    pause(Duration.ofHours(10));
    play(Decided.HIT, 7, 7, Duration.ofMillis(1));
    pause(Duration.ofHours(10));
    play(Decided.HIT, 1, 1, Duration.ofMillis(1));
    minutes(70);
    Files.writeString(folder().resolve("2026-04"), "");
    restart(/* isClean= */ false);

    HistoryRow year = history.read(HistorySpan.YEAR, ZoneOffset.UTC).total();
    // April's hours are added up again from their minutes, which are still kept.
    assertThat(year.value(HistoryRow.STORE_BYTES)).isEqualTo(19);
    Files.writeString(folder().resolve("2026-03"), "x");
    year = history.read(HistorySpan.YEAR, ZoneOffset.UTC).total();
    assertThat(year.value(HistoryRow.STORE_BYTES)).isEqualTo(14);
  }

  private static ListAppender<ILoggingEvent> listen() {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    ((Logger) LoggerFactory.getLogger(HistoryFiles.class)).addAppender(log);
    return log;
  }

  /** The disk takes nothing for an hour: nothing is lost, and it is said once. */
  @Test
  void disk_thatTakesNothing_isToldOnce_andCaughtUp() throws Exception {
    Files.writeString(folder(), "a file in the place of the folder");
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    ((Logger) LoggerFactory.getLogger(TrafficHistory.class)).addAppender(log);
    for (int at = 0; at < 90; at++) {
      play(Decided.HIT, 1, 1, Duration.ofMillis(1));
      minutes(1);
    }
    Files.delete(folder());
    minutes(1);
    restart(/* isClean= */ false);

    assertThat(log.list).hasSize(1);
    assertThat(history.read(HistorySpan.DAY, ZoneOffset.UTC).total().value(HistoryRow.STORE_BYTES))
        .isEqualTo(90);
  }

  @Test
  void year_ofBusyHours_takesAFewMegabytes() throws Exception {
    Random random = new Random(7);
    for (int hour = 0; hour < 500 * 24; hour += 36) {
      for (int play = 0; play < 60; play++) {
        Duration firstByte = Duration.ofNanos(random.nextLong(2_000_000_000L));
        play(Decided.values()[play % 5], play, 2L * play << 30, firstByte);
      }
      for (int account = 0; account < 60; account++) {
        fail("provider-" + account + "-" + hour + ".example:80");
      }
      minutes(1);
      pause(Duration.ofMinutes(36 * 60 - 1));
    }
    try (Stream<Path> files = Files.list(folder())) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(HistoryFiles.MONTHS + 1);
      // One in 36 hours.
      assertThat(size(all)).isBetween(100L << 10, 700L << 10);
    }
    HistoryTable year = history.read(HistorySpan.YEAR, ZoneOffset.UTC);
    assertThat(year.total().group(HistoryRow.ERRORS).keySet())
        .hasSize(HistoryRow.MOST_ACCOUNTS)
        .contains("gone." + HistoryRow.OTHERS);
    long hours = Duration.between(year.borders().getFirst(), clock.instant()).toHours();
    long failures = 60 * (hours / 36);
    long counted =
        year.total().group(HistoryRow.ERRORS).values().stream().mapToLong(Long::longValue).sum();
    assertThat(counted).isEqualTo(failures);
  }

  private static long size(List<Path> files) throws IOException {
    long size = 0;
    for (Path file : files) {
      size += Files.size(file);
    }
    return size;
  }

  /** Counted once, however long the server runs. */
  @Test
  void states_lastUntilTheyChange() {
    history.start(() -> new StoreUsage(400, 1000, 5, 1, true), settings()::lowWatermark);
    history.read(HistorySpan.DAY, ZoneOffset.UTC);
    clock.advance(Duration.ofHours(5));
    HistoryRow now = row(HistorySpan.DAY, 0);
    assertThat(now.value(HistoryRow.USED)).isEqualTo(400);
    assertThat(now.value(HistoryRow.LOW)).isEqualTo(900);
    assertThat(row(HistorySpan.DAY, 6).values()).doesNotContainKey(HistoryRow.USED);
    history.close();
  }
}
