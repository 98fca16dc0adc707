package streamcache.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamcache.playback.Handler;
import streamcache.testkit.Answer;
import streamcache.testkit.RawClient;

final class RouterTest {

  private static Handler says(String word) {
    return exchange -> TextAnswer.sentence(200, word).send(exchange);
  }

  @ParameterizedTest
  @CsvSource({
    "/u/abc/x.mkv, 200, play",
    "/s/abc, 200, play",
    "/e/abc, 200, play",
    "//u/abc/x.mkv, 200, play",
    "///s/abc, 200, play",
    "//e/abc, 200, play",
    "//healthz, 200, health",
    "//, 200, base64",
    "/healthz, 200, health",
    "/api/v1/x?y, 200, api",
    "//api/, 200, api",
    "/api, 404, streamcache link",
    "/healthz?x=/u/, 200, health",
    "/healthz/, 404, streamcache link",
    "/u, 404, streamcache link",
    "/?a, 200, base64",
    "/, 200, base64"
  })
  void handle_path_choosesHandler(String target, int status, String text) throws IOException {
    Router router =
        new Router(
            says("play"),
            Map.of("/healthz", says("health")),
            asked -> asked.startsWith("/api/"),
            says("api"));
    try (Served served = Served.by(router, Transport.best())) {
      Answer answer = RawClient.get(served.address(), target);

      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.text()).contains(text);
      assertThat(RawClient.head(served.address(), target).header("Content-Length"))
          .isEqualTo(answer.header("Content-Length"));
    }
  }
}
