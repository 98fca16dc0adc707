package streamcache.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.fill.FillEvent;
import streamcache.link.BadLink;
import streamcache.link.Link;
import streamcache.link.LinkCodec;
import streamcache.origin.Failure;
import streamcache.outbox.Caller;
import streamcache.outbox.OutboxEvent;
import streamcache.playback.Decided;
import streamcache.playback.Ended;
import streamcache.playback.Headers;
import streamcache.playback.PlaybackEvent;
import streamcache.playback.PlaybackRecord;
import streamcache.playback.Request;
import streamcache.schedule.FetchPurpose;
import streamcache.settings.Endpoint;
import streamcache.settings.SecretText;
import streamcache.settings.WebhookSettings;
import streamcache.store.StoreEvent;
import streamcache.store.StoreException;
import streamcache.store.StoreUsage;
import streamcache.testkit.FakeClock;
import streamcache.testkit.RecordedRequest;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Each event is posted once, signed, and survives failures and restarts. */
final class WebhookTest {

  private static final OptionalInt NONE = OptionalInt.empty();
  private static final Failure GONE = new Failure.Gone(OptionalInt.of(404), "");
  private static final Failure AWAY = new Failure.Unreachable(NONE, "connection refused");
  private static final Failure BROKEN = new Failure.Broken(OptionalInt.of(500), "status 500");
  private static final Failure DENIED = new Failure.Denied(OptionalInt.of(401), "status 401");
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final long MIN_FREE = 1000;

  @TempDir Path folder;

  private final FakeClock clock = new FakeClock();
  private final ScriptedOrigin hook =
      ScriptedOrigin.start().allow(1_000, "days pass within a second on the test's clock");
  private final List<String> posted = new ArrayList<>();
  private final List<OutboxEvent> news = new ArrayList<>();
  private final Caller caller = new Caller("Streamcache/1.0");
  private Script answer = Script.status(204);
  private long free = MIN_FREE;
  private Webhook webhook;

  @BeforeEach
  void open() {
    hook.on(
        "/hook",
        wire -> {
          posted.add(new String(wire.requestBody(), StandardCharsets.UTF_8));
          wire.play(answer);
        });
    restart();
  }

  @AfterEach
  void close() {
    webhook.close();
    hook.close();
  }

  /** As after a kill: nothing was closed. */
  private void restart() {
    WebhookSettings settings =
        new WebhookSettings(
            new Endpoint("http://127.0.0.1:" + hook.port(), "/hook?token=secret9"),
            Optional.of(new SecretText("open sesame")));
    webhook = new Webhook(folder, settings, caller, clock, news::add);
    webhook.watch(() -> new StoreUsage(1, 2, free, 3, true), MIN_FREE);
  }

  @Test
  void gone_isPostedOnce() {
    gone("1.mkv", "The \"Film\" 🎬 (1999).mkv");
    webhook.round();
    gone("1.mkv", "The \"Film\" 🎬 (1999).mkv");
    webhook.round();
    JsonNode event = only();
    assertThat(event.get("type").asString()).isEqualTo("title.gone");
    assertThat(event.get("timestamp").asString()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(event.get("data").get("title").asString()).isEqualTo("The \"Film\" 🎬 (1999).mkv");
    assertThat(event.get("data").get("provider").asString()).isEqualTo("provider.example:80");
    assertThat(event.get("data").get("key").asString())
        .isEqualTo(link("1.mkv", "x.mkv").key().brief());
  }

  @Test
  void gone_isPostedAgainAfterADay_alsoAcrossRestarts() {
    gone("1.mkv", "Film.mkv");
    webhook.round();
    restart();
    clock.advance(DAY.minus(MINUTE));
    gone("1.mkv", "Film.mkv");
    webhook.round();
    assertThat(posted).hasSize(1);
    clock.advance(MINUTE.multipliedBy(2));
    gone("1.mkv", "Film.mkv");
    webhook.round();
    assertThat(posted).hasSize(2);
  }

  @Test
  void signature_isThatOfStandardWebhooks() throws Exception {
    gone("1.mkv", "Film.mkv");
    webhook.round();
    RecordedRequest request = hook.requests("/hook").getFirst();
    String id = request.header("Webhook-Id").orElseThrow();
    String second = request.header("Webhook-Timestamp").orElseThrow();
    assertThat(Long.parseLong(second)).isEqualTo(clock.instant().getEpochSecond());
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("open sesame".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] digest =
        mac.doFinal((id + "." + second + "." + posted.getFirst()).getBytes(StandardCharsets.UTF_8));
    assertThat(request.header("Webhook-Signature"))
        .contains("v1," + Base64.getEncoder().encodeToString(digest));
    assertThat(request.header("Content-Type").orElseThrow()).startsWith("application/json");
  }

  /** The example from the specification. */
  @Test
  void signature_encodedSecret_isDecoded() {
    String signature =
        Signature.of(
            new SecretText("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1614265330,
            "{\"test\": 2432232314}");
    assertThat(signature).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void provider_unreachableForAMinute_isDown_andThenUp() {
    fail("1.mkv", AWAY, Duration.ZERO);
    fail("1.mkv", AWAY, Duration.ofSeconds(30));
    assertThat(posted).isEmpty();
    fail("1.mkv", AWAY, Duration.ofSeconds(31));
    fail("1.mkv", AWAY, MINUTE);
    assertThat(types()).containsExactly("provider.down");
    restart();
    fail("2.mkv", AWAY, MINUTE);
    opens("2.mkv");
    opens("2.mkv");
    assertThat(types()).containsExactly("provider.down", "provider.up");
    assertThat(json(posted.getLast()).get("data").get("provider").asString())
        .isEqualTo("provider.example:80");
  }

  @Test
  void provider_oneFilmBroken_isNotDown() {
    for (int time = 0; time < 10; time++) {
      fail("1.mkv", BROKEN, MINUTE);
    }
    assertThat(posted).isEmpty();
    fail("2.mkv", BROKEN, MINUTE);
    assertThat(types()).containsExactly("provider.down");
  }

  @Test
  void provider_bringsBytesBetweenFailures_isNotDown() {
    for (int time = 0; time < 10; time++) {
      fail("1.mkv", AWAY, MINUTE);
      fail("2.mkv", AWAY, MINUTE);
      opens("3.mkv");
    }
    assertThat(posted).isEmpty();
  }

  @Test
  void provider_failuresHoursApart_areNoOutage() {
    for (int time = 0; time < 10; time++) {
      fail("1.mkv", AWAY, Duration.ofHours(2));
    }
    assertThat(posted).isEmpty();
  }

  @Test
  void account_refused_isPostedOncePerDay() {
    fail("1.mkv", DENIED, Duration.ZERO);
    fail("2.mkv", DENIED, MINUTE);
    assertThat(types()).containsExactly("account.refused");
    assertThat(posted.getFirst()).contains("\"upstreamStatus\":401").doesNotContain("user7");
    fail("2.mkv", DENIED, DAY);
    assertThat(posted).hasSize(2);
  }

  @Test
  void disk_lowForTenMinutes_isNearlyFull() {
    rounds(30);
    assertThat(posted).isEmpty();
    free = MIN_FREE - 1;
    rounds(5);
    free = MIN_FREE;
    rounds(1);
    free = MIN_FREE - 1;
    rounds(9);
    assertThat(posted).as("the janitor has made room in between").isEmpty();
    rounds(60);
    assertThat(types()).containsExactly("disk.nearly-full");
    assertThat(only().get("data").get("freeBytes").asLong()).isEqualTo(MIN_FREE - 1);
  }

  @Test
  void disk_storeRefused_isToldAtOnce() {
    webhook.accept(new StoreEvent.Failed(StoreException.Cause.FULL, "no space"));
    webhook.round();
    webhook.round();
    assertThat(types()).containsExactly("disk.nearly-full");
  }

  @Test
  void disk_keepsNothing_eventsArePostedAllTheSame() throws IOException {
    webhook.round();
    Path journal = folder.resolve(Webhook.FILE);
    Files.writeString(journal, "something else\n");
    gone("1.mkv", "Film.mkv");
    webhook.round();
    webhook.round();
    assertThat(posted).hasSize(1);
    assertThat(news.stream().filter(each -> each.kind() == OutboxEvent.Kind.UNAVAILABLE))
        .hasSize(1);
  }

  @Test
  void hook_away_isTriedAgainWithTheSameEvent() {
    answer = Script.status(503);
    gone("1.mkv", "Film.mkv");
    rounds(60);
    int tries = posted.size();
    assertThat(tries).as("with growing pauses").isBetween(5, 15);
    answer = Script.status(200);
    restart();
    webhook.round();
    assertThat(posted).hasSize(tries + 1).containsOnly(posted.getFirst());
    assertThat(hook.requests("/hook").stream().map(each -> each.header("Webhook-Id")).distinct())
        .hasSize(1);
    rounds(60);
    assertThat(posted).hasSize(tries + 1);
    assertThat(kinds()).containsExactly("QUEUED", "UNAVAILABLE", "DELIVERED");
  }

  @Test
  void hook_awayForDays_isGivenUp() {
    answer = Script.status(500);
    gone("1.mkv", "Film.mkv");
    rounds(4 * 24 * 60);
    assertThat(kinds()).containsExactly("QUEUED", "UNAVAILABLE", "REFUSED");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 410, 422})
  void hook_doesNotWantIt_theNextIsPosted(int status) {
    answer = Script.status(status);
    gone("1.mkv", "Film.mkv");
    webhook.round();
    answer = Script.status(200);
    gone("2.mkv", "Other.mkv");
    webhook.round();
    assertThat(posted).hasSize(2);
    assertThat(kinds()).containsExactly("QUEUED", "REFUSED", "QUEUED", "DELIVERED");
  }

  @ParameterizedTest
  @CsvSource({
    "301, the webhook cannot be used: it redirects; set WEBHOOK_URL to the final address",
    "404, the webhook cannot be used: it answered with status 404; check WEBHOOK_URL"
  })
  void hook_wrongAddress_isSaidOnce(int status, String words) {
    answer = status == 301 ? Script.redirect("/elsewhere") : Script.status(status);
    gone("1.mkv", "Film.mkv");
    rounds(10);
    assertThat(
            news.stream()
                .filter(each -> each.kind() == OutboxEvent.Kind.UNAVAILABLE)
                .map(OutboxEvent::words))
        .containsExactly(words);
    assertThat(hook.requests("/elsewhere")).isEmpty();
  }

  @Test
  void nothingSecret_isPostedKeptOrTold() throws IOException {
    gone("1.mkv", "Film.mkv");
    fail("1.mkv", DENIED, MINUTE);
    answer = Script.status(500);
    gone("2.mkv", "Film.mkv");
    webhook.round();
    assertThat(posted + Files.readString(folder.resolve(Webhook.FILE)) + news)
        .contains("provider.example")
        .doesNotContain("user7", "pass7", "secret9", "open sesame", "http:");
  }

  private void rounds(int minutes) {
    for (int minute = 0; minute < minutes; minute++) {
      clock.advance(MINUTE);
      webhook.round();
    }
  }

  private void fail(String film, Failure failure, Duration after) {
    clock.advance(after);
    Link link = link(film, "x.mkv");
    webhook.accept(new FillEvent.TitleFailed(link.key(), link.account(), failure));
    webhook.round();
  }

  private void opens(String film) {
    Link link = link(film, "x.mkv");
    webhook.accept(
        new FillEvent.ConnectionOpened(
            link.key(), link.account(), 0, FetchPurpose.BEGINNING, Duration.ZERO, ""));
    webhook.round();
  }

  private void gone(String film, String name) {
    Request request =
        new Request(
            "r1",
            "GET",
            "/u/x/y.mkv",
            new Headers(),
            /* http11= */ true,
            InetAddress.getLoopbackAddress());
    webhook.accept(
        new PlaybackEvent.Finished(
            new PlaybackRecord(
                request,
                link(film, name),
                0,
                Optional.of(Decided.MISS),
                "-",
                0,
                0,
                Duration.ZERO,
                Duration.ZERO,
                new Ended.Refused(GONE))));
  }

  private static Link link(String film, String name) {
    try {
      String url = "http://provider.example/movie/user7/pass7/" + film;
      String escaped = URLEncoder.encode(name, StandardCharsets.UTF_8);
      return new LinkCodec()
          .decode(new LinkCodec().encode(url) + "/" + escaped.replace("+", "%20"));
    } catch (BadLink e) {
      throw new AssertionError(e);
    }
  }

  private JsonNode only() {
    assertThat(posted).hasSize(1);
    return json(posted.getFirst());
  }

  private List<String> types() {
    return posted.stream().map(body -> json(body).get("type").asString()).toList();
  }

  private List<String> kinds() {
    return news.stream().map(each -> each.kind().name()).toList();
  }

  private static JsonNode json(String body) {
    return JsonMapper.builder().build().readTree(body);
  }
}
