package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.endtoend.Rig.MIB;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import streamcache.settings.Endpoint;
import streamcache.settings.WebhookSettings;
import streamcache.testkit.Content;
import streamcache.testkit.FakeClock;
import streamcache.testkit.Gate;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;

/** The webhook receives events about real players and delays none of them. */
final class EventsTest {

  private static final Content FILM = Content.of(37, MIB);

  private final ScriptedOrigin hook = ScriptedOrigin.start();
  private final List<String> posted = new CopyOnWriteArrayList<>();

  @BeforeEach
  void open() {
    hook.on(
        "/hook",
        wire -> {
          posted.add(new String(wire.requestBody(), StandardCharsets.UTF_8));
          wire.play(Script.status(200));
        });
  }

  @AfterEach
  void close() {
    hook.close();
  }

  private Rig start() throws IOException {
    return start(InstantSource.system());
  }

  private Rig start(InstantSource clock) throws IOException {
    Endpoint url = new Endpoint("http://127.0.0.1:" + hook.port(), "/hook");
    return Rig.telling(
        clock, Optional.empty(), Optional.of(new WebhookSettings(url, Optional.empty())));
  }

  /** Seerr and the webhook used the system clock, whatever clock the server was started with. */
  @Test
  void clockOfTheServer_isTheOutboxesToo() throws IOException {
    Instant day = Instant.parse("2031-05-06T07:08:09Z");
    try (Rig rig = start(new FakeClock().setWall(day)).serve("/gone.mkv", Script.status(404))) {
      assertThat(rig.get("/gone.mkv").status()).isEqualTo(404);
      hook.awaitRequests("/hook", 1).awaitEnd();
      assertThat(hook.requests("/hook").getFirst().header("Webhook-Timestamp"))
          .contains(Long.toString(day.getEpochSecond()));
    }
  }

  @Test
  void goneAndRefused_arePosted() throws IOException {
    try (Rig rig =
        start().serve("/gone.mkv", Script.status(404)).serve("/closed.mkv", Script.status(401))) {
      for (int time = 0; time < 3; time++) {
        assertThat(RawClient.get(rig.address(), rig.link("/gone.mkv") + "/Film.mkv").status())
            .isEqualTo(404);
      }
      hook.awaitRequests("/hook", 1).awaitEnd();
      assertThat(rig.get("/closed.mkv").status()).isEqualTo(502);
      hook.awaitRequests("/hook", 2).awaitEnd();
      assertThat(posted).hasSize(2);
      assertThat(posted.getFirst()).contains("\"type\":\"title.gone\"", "\"title\":\"Film.mkv\"");
      assertThat(posted.getLast()).contains("\"type\":\"account.refused\"");
      assertThat(hook.requests("/hook").getFirst().header("Webhook-Signature"))
          .as("without a secret nothing is signed")
          .isEmpty();
    }
  }

  @Test
  void hook_neverAnswers_filmsPlay() throws IOException {
    Gate never = new Gate();
    hook.on(
        "/hook",
        wire -> {
          wire.await(never);
          wire.play(Script.status(200));
        });
    try (Rig rig =
        start().serve("/gone.mkv", Script.status(404)).serve("/film.mkv", Script.of(FILM))) {
      assertThat(rig.get("/gone.mkv").status()).isEqualTo(404);
      hook.awaitRequests("/hook", 1);
      rig.get("/film.mkv").check(FILM, 0, FILM.length());
    } finally {
      never.open();
    }
  }
}
