package streamcache.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import streamcache.testkit.Cut;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;

final class CallerTest {

  private final ScriptedOrigin origin = ScriptedOrigin.start();
  private final Caller caller = new Caller("Streamcache/1.0");

  @AfterEach
  void close() {
    caller.close();
    origin.close();
  }

  private CallException failure(String url) {
    return catchThrowableOfType(CallException.class, () -> caller.get(url, Map.of()));
  }

  @Test
  void get_sendsFieldsAndReadsAll() throws IOException {
    origin.serve("/a", Script.status(403, "application/json", "{\"ä\":1}").header("X-One", "1"));
    Reply reply = caller.get(origin.url("/a?q=x%20y"), Map.of("X-Api-Key", "secret"));
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.isGood()).isFalse();
    assertThat(reply.body()).isEqualTo("{\"ä\":1}");
    assertThat(reply.value("x-one")).contains("1");
    assertThat(reply.values("none")).isEmpty();
    var request = origin.requests("/a").getFirst();
    assertThat(request.target()).isEqualTo("/a?q=x%20y");
    assertThat(request.header("X-Api-Key")).contains("secret");
    assertThat(request.header("User-Agent")).contains("Streamcache/1.0");
    assertThat(reply.toString()).doesNotContain("ä");
    assertThat(reply.fields().toString()).doesNotContain("application");
  }

  @Test
  void post_sendsJson() throws IOException {
    CompletableFuture<String> body = new CompletableFuture<>();
    origin.on(
        "/b",
        wire -> {
          body.complete(new String(wire.requestBody(), UTF_8));
          wire.play(Script.status(204));
        });
    Reply reply = caller.post(origin.url("/b"), Map.of(), "{\"x\":\"ü\"}".getBytes(UTF_8));
    assertThat(reply.isGood()).isTrue();
    assertThat(body.join()).isEqualTo("{\"x\":\"ü\"}");
    assertThat(origin.requests("/b").getFirst().header("Content-Type").orElseThrow())
        .startsWith("application/json");
  }

  /** Otherwise the key would go where the redirect leads. */
  @Test
  void get_redirect_isNotFollowed() throws IOException {
    origin.serve("/a", Script.redirect(origin.url("/elsewhere")));
    assertThat(caller.get(origin.url("/a"), Map.of("X-Api-Key", "secret")).status()).isEqualTo(302);
    assertThat(origin.requests("/elsewhere")).isEmpty();
  }

  @Test
  void get_failures_haveWordsWithoutTheAddress() {
    origin.on("/reset", wire -> wire.cut(Cut.RESET));
    for (String url :
        List.of(
            "http://127.0.0.1:1/secret",
            "http://no.such.host.invalid/secret",
            "https://127.0.0.1:" + origin.port() + "/secret",
            origin.url("/reset"))) {
      CallException failure = failure(url);
      assertThat(failure.words()).as(url).isNotBlank().doesNotContain("secret", "127.0", "invalid");
      assertThat(failure.getCause()).isNull();
    }
    assertThat(failure("http://127.0.0.1:1/").words()).isEqualTo("it refuses connections");
  }

  @Test
  void close_duringACall_endsIt() {
    origin.on("/stall", streamcache.testkit.Wire::stall);
    CompletableFuture<CallException> ended =
        CompletableFuture.supplyAsync(() -> failure(origin.url("/stall")));
    origin.awaitRequests("/stall", 1);
    caller.close();
    assertThat(ended.join()).isNotNull();
    assertThat(failure(origin.url("/stall"))).isNotNull();
  }
}
