package streamcache.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import streamcache.playback.ClientGone;
import streamcache.playback.Exchange;
import streamcache.playback.Handler;
import streamcache.playback.Ready;
import streamcache.playback.Request;
import streamcache.testkit.RawClient;

/** A request is judged once, whether or not a thread serves it. */
final class JudgeTest {

  private final List<String> judged = new CopyOnWriteArrayList<>();

  /** Judges a request into a handler of its own, which has no response at once. */
  private final class Judge implements Handler {
    @Override
    public Handler judge(Request request) {
      judged.add(request.target());
      return new Handler() {
        @Override
        public Optional<Ready> ready() {
          if (request.target().equals("/ready-has-a-bug")) {
            throw new IllegalStateException("a bug");
          }
          return Optional.empty();
        }

        @Override
        public void handle(Exchange exchange) throws ClientGone {
          TextAnswer.sentence(200, "for " + request.target()).send(exchange);
        }
      };
    }

    @Override
    public void handle(Exchange exchange) {
      throw new AssertionError("only what judge returned serves a request");
    }
  }

  @ParameterizedTest
  @EnumSource
  void judge_eachRequestOfAConnection_isCalledOnceAndItsHandlerServes(Transport transport)
      throws IOException {
    try (Served served = Served.by(new Judge(), transport);
        RawClient client = served.client()) {
      for (String target : List.of("/a", "/b", "/ready-has-a-bug")) {
        client.send("GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n");
        assertThat(client.answer().text()).contains("for " + target);
      }
    }
    assertThat(judged).containsExactly("/a", "/b", "/ready-has-a-bug");
  }

  @ParameterizedTest
  @EnumSource
  void judge_bug_isAnsweredWith500AndTheConnectionGoesOn(Transport transport) throws IOException {
    Handler handler =
        new Handler() {
          @Override
          public Handler judge(Request request) {
            if (request.target().equals("/bug")) {
              throw new IllegalStateException("a bug");
            }
            return this;
          }

          @Override
          public void handle(Exchange exchange) throws ClientGone {
            TextAnswer.sentence(200, "well").send(exchange);
          }
        };
    try (Served served = Served.by(handler, transport);
        RawClient client = served.client()) {
      client.send("GET /bug HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(client.answer().status()).isEqualTo(500);
      client.send("GET /fine HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(client.answer().status()).isEqualTo(200);
    }
  }
}
