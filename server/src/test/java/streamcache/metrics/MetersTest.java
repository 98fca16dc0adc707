package streamcache.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import streamcache.fill.Checked;
import streamcache.fill.Ending;
import streamcache.fill.FillEvent;
import streamcache.link.BadLink;
import streamcache.link.Link;
import streamcache.link.LinkCodec;
import streamcache.origin.Failure;
import streamcache.outbox.OutboxEvent;
import streamcache.playback.Decided;
import streamcache.playback.Ended;
import streamcache.playback.Headers;
import streamcache.playback.PlaybackEvent;
import streamcache.playback.PlaybackRecord;
import streamcache.playback.Request;
import streamcache.schedule.FetchPurpose;
import streamcache.store.StoreEvent;
import streamcache.store.StoreException;
import streamcache.store.StoreUsage;
import streamcache.trouble.Rejection;
import streamcache.trouble.RequestRejected;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The metrics that Prometheus reads. */
final class MetersTest {

  private static final InetAddress HERE = InetAddress.getLoopbackAddress();
  private static final Failure GONE = new Failure.Gone(OptionalInt.of(404), "status 404");

  private final Meters meters = new Meters();

  @Test
  void scrape_afterEveryEvent_explainsEachMeter() throws Exception {
    everythingHappens();

    List<String> lines = meters.scrape().lines().toList();
    List<String> named =
        lines.stream().filter(line -> line.startsWith("# TYPE ")).map(MetersTest::name).toList();
    List<String> explained =
        lines.stream()
            .filter(line -> line.matches("# HELP \\S+ \\S.*"))
            .map(MetersTest::name)
            .toList();
    assertThat(named).hasSizeGreaterThan(20).allMatch(name -> name.startsWith("streamcache_"));
    assertThat(explained).containsExactlyInAnyOrderElementsOf(named);
  }

  private static String name(String line) {
    return line.split(" ", -1)[2];
  }

  private void everythingHappens() throws Exception {
    Link link = new LinkCodec().decode(new LinkCodec().encode("http://host.example/film.mkv"));
    Request request = new Request("r1", "GET", "/u/x", new Headers(), /* http11= */ true, HERE);
    meters.watch(() -> new StoreUsage(1, 2, 3, 4, /* isWritable= */ true));
    for (Ended ended : List.of(new Ended.Done(), new Ended.Cut("x"), new Ended.Refused(GONE))) {
      meters.accept(new PlaybackEvent.Started(request, link, () -> 0));
      meters.accept(
          new PlaybackEvent.Finished(
              new PlaybackRecord(
                  request,
                  link,
                  200,
                  Optional.of(Decided.HIT),
                  "-",
                  5,
                  5,
                  Duration.ZERO,
                  Duration.ZERO,
                  ended)));
    }
    meters.accept(new RequestRejected(request, HERE, Rejection.EXPIRED));
    meters.accept(
        new FillEvent.ConnectionOpened(
            link.key(),
            link.account(),
            0,
            FetchPurpose.BEGINNING,
            Duration.ZERO,
            /* request= */ ""));
    meters.accept(
        new FillEvent.ConnectionClosed(
            link.key(),
            link.account(),
            0,
            FetchPurpose.BEGINNING,
            5,
            5,
            /* isLive= */ false,
            /* answered= */ true,
            new Ending.Finished(),
            /* request= */ ""));
    meters.accept(new FillEvent.TitleCompleted(link.key(), 5));
    meters.accept(new FillEvent.TitleChecked(link.key(), link.account(), new Checked.Unchanged()));
    meters.accept(new FillEvent.TitleFailed(link.key(), link.account(), GONE));
    meters.accept(new StoreEvent.Evicted(link.key(), 5));
    Arrays.stream(StoreException.Cause.values())
        .forEach(cause -> meters.accept(new StoreEvent.Failed(cause, "x")));
    meters.accept(new StoreEvent.Recovered());
    meters.accept(new StoreEvent.AtLimit());
    meters.accept(new StoreEvent.Invalidated(link.key(), 5, "x"));
    meters.accept(new OutboxEvent("seerr", OutboxEvent.Kind.DELIVERED, "id", "about", "words"));
  }

  /** A panel or an alert on a meter that does not exist shows nothing and never fires. */
  @Test
  void scrape_afterEveryEvent_hasEachMeterOfTheDashboardAndTheAlerts() throws Exception {
    everythingHappens();

    Set<String> published =
        Pattern.compile("^(streamcache_\\w+)[{ ]", Pattern.MULTILINE)
            .matcher(meters.scrape())
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toSet());
    for (String file : List.of("grafana/streamcache.json", "alerts.yml", "alerts-test.yml")) {
      String text = Files.readString(Path.of("..", "dist", "monitoring").resolve(file));
      Set<String> used =
          Pattern.compile("\\bstreamcache_\\w+")
              .matcher(text)
              .results()
              .map(MatchResult::group)
              .collect(Collectors.toSet());
      assertThat(used).as(file).hasSizeGreaterThan(4);
      assertThat(published).as(file).containsAll(used);
    }
  }

  @Test
  void dashboard_panels_haveTheirOwnPlaceAndNumber() throws Exception {
    JsonNode panels =
        JsonMapper.shared()
            .readTree(Path.of("..", "dist", "monitoring", "grafana", "streamcache.json").toFile())
            .get("panels");
    Set<Integer> numbers = new HashSet<>();
    Set<List<Integer>> cells = new HashSet<>();
    for (JsonNode panel : panels) {
      assertThat(numbers.add(panel.get("id").asInt())).as(panel.get("title").asString()).isTrue();
      JsonNode place = panel.get("gridPos");
      int right = place.get("x").asInt() + place.get("w").asInt();
      assertThat(right).isLessThanOrEqualTo(24);
      for (int x = place.get("x").asInt(); x < right; x++) {
        for (int y = 0; y < place.get("h").asInt(); y++) {
          assertThat(cells.add(List.of(x, place.get("y").asInt() + y)))
              .as(panel.get("title").asString())
              .isTrue();
        }
      }
    }
    assertThat(numbers).hasSizeGreaterThan(15);
  }

  /** Dashboards and alerts made before the meters were renamed keep working. */
  @Test
  void scrape_renamedMeters_haveTheirFormerNamesToo() throws Exception {
    everythingHappens();

    assertThat(meters.scrape())
        .contains("streamcache_store_failures_total{cause=\"FULL\"} 1.0")
        .contains("streamcache_store_troubles_total{cause=\"FULL\"} 1.0")
        .contains("streamcache_store_recoveries_total 1.0", "streamcache_store_healed_total 1.0")
        .contains("streamcache_store_invalidated_bytes_total 5.0")
        .contains("streamcache_store_distrusted_bytes_total 5.0")
        .contains("streamcache_store_writable 1.0", "streamcache_store_takes_bytes 1.0")
        .contains("streamcache_messages_total{outbox=\"seerr\",outcome=\"delivered\"} 1.0")
        .contains("streamcache_outbox_total{outbox=\"seerr\",what=\"done\"} 1.0");
  }

  @Test
  void ended_playbackThatMightNotBegin_countsAsRefusedAndNotAsHit() throws BadLink {
    PlaybackRecord record = record(new Ended.NotBegun());
    meters.accept(new PlaybackEvent.Started(record.request(), record.link(), () -> 0));

    meters.accept(new PlaybackEvent.Finished(record));

    assertThat(meters.scrape())
        .contains("streamcache_requests_total{decision=\"REFUSED\"} 1.0")
        .contains("streamcache_requests_total{decision=\"HIT\"} 0.0")
        .contains("streamcache_playbacks 0.0");
  }

  /** A provider may cap its responses; that is no fault (b01). */
  @Test
  void closed_cappedAndFinished_areToldApart() throws BadLink {
    Link link = new LinkCodec().decode(new LinkCodec().encode("http://host.example/film.mkv"));
    for (Ending ending : List.of(new Ending.Capped(), new Ending.Finished())) {
      meters.accept(
          new FillEvent.ConnectionClosed(
              link.key(),
              link.account(),
              0,
              FetchPurpose.BEGINNING,
              5,
              5,
              /* isLive= */ false,
              /* answered= */ false,
              ending,
              /* request= */ ""));
    }
    assertThat(meters.scrape())
        .contains("streamcache_provider_connections_total{ending=\"capped\"} 1.0")
        .contains("streamcache_provider_connections_total{ending=\"finished\"} 1.0");
  }

  private static PlaybackRecord record(Ended ended) throws BadLink {
    Request request =
        new Request("r1", "GET", "/u/x", new Headers(), true, InetAddress.getLoopbackAddress());
    Link link = new LinkCodec().decode(new LinkCodec().encode("http://host.example/film.mkv"));
    return new PlaybackRecord(
        request, link, 0, Optional.empty(), "-", 0, 0, Duration.ZERO, Duration.ZERO, ended);
  }
}
