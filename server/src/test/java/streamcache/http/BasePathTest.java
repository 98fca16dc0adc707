package streamcache.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamcache.playback.Handler;
import streamcache.settings.ListenSettings;
import streamcache.testkit.RawClient;

/** Requests through a reverse proxy that serves the product under a path, and direct ones. */
final class BasePathTest {

  @ParameterizedTest
  @CsvSource({
    "/films/u/abc/x.mkv,     /u/abc/x.mkv",
    "/u/abc/x.mkv,           /u/abc/x.mkv",
    "/films,                 /",
    "/films/,                /",
    "/films?a=b,             /?a=b",
    "/films/healthz?x=1,     /healthz?x=1",
    "/films/films/u/a,       /films/u/a",
    "/filmsu/a,              /filmsu/a",
    "/films-2/u/a,           /films-2/u/a",
    "/Films/u/a,             /Films/u/a",
    "/,                      /",
    "//u/abc,                /u/abc",
    "//films/u/abc,          /u/abc",
    "/films//u/abc,          /u/abc",
    "//films///u//abc,       /u//abc",
    "/films//,               /",
  })
  void target_isReadWithoutThePath(String asked, String read) throws Exception {
    Handler echo = exchange -> TextAnswer.sentence(200, exchange.request().target()).send(exchange);
    ListenSettings usual = Served.settings();
    ListenSettings settings =
        new ListenSettings(
            usual.bind(),
            usual.port(),
            usual.clientIdleMax(),
            usual.headWithin(),
            usual.drainWithin(),
            "/films");
    try (Listener listener = Listener.start(settings, Optional.empty(), echo)) {
      assertThat(RawClient.get(listener.address(), asked).text()).isEqualTo(read + "\n");
    }
  }
}
