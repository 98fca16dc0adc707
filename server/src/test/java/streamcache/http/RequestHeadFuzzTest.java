package streamcache.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import streamcache.playback.ClientGone;
import streamcache.playback.Exchange;
import streamcache.playback.Headers;
import streamcache.testkit.fuzz.Conversation;
import streamcache.testkit.fuzz.ListenerFuzz;
import streamcache.testkit.fuzz.RequestGrammar;

/**
 * Hostile request headers over a real socket, beside a second implementation of the same rules:
 * exactly one response for each, in order; only valid requests reach the handler; no buffer leaks.
 */
final class RequestHeadFuzzTest {

  private static final int CONVERSATIONS = 1500;

  /** Seeds that once found something; they run each time. */
  private static final List<Long> SEEDS = List.of(1L, 2L);

  private final Queue<String> handled = new ConcurrentLinkedQueue<>();

  static Stream<Arguments> runs() {
    return Stream.concat(SEEDS.stream(), Stream.of(System.nanoTime()))
        .flatMap(
            seed -> Stream.of(Transport.values()).map(transport -> Arguments.of(seed, transport)));
  }

  @ParameterizedTest(name = "seed {0}, {1}")
  @MethodSource("runs")
  void conversation_anyBytes_getsExactlyItsAnswers(long seed, Transport transport)
      throws IOException {
    RequestGrammar grammar = new RequestGrammar(seed, List.of("/u/a", "/u/b", "/", "/e/c?d"));
    int right = 0;
    try (Served served = Served.by(this::answer, transport)) {
      for (int i = 0; i < CONVERSATIONS; i++) {
        handled.clear();
        Conversation conversation = grammar.next();
        List<ListenerFuzz.Served> answers = ListenerFuzz.have(conversation, served.address());
        assertThat(handled)
            .as("seed %d, conversation %d: %s", seed, i, conversation)
            .containsExactlyElementsOf(answers.stream().map(RequestHeadFuzzTest::asked).toList());
        right += answers.size();
        for (ListenerFuzz.Served answer : answers) {
          String body = answer.method().equals("HEAD") ? "" : asked(answer);
          assertThat(new String(answer.answer().body(), StandardCharsets.ISO_8859_1))
              .isEqualTo(body);
        }
      }
    }
    assertThat(right).as("requests that were right").isGreaterThan(CONVERSATIONS / 2);
  }

  private static String asked(ListenerFuzz.Served answer) {
    return answer.method() + " " + answer.target();
  }

  /** Echoes the request, so that a response to another request is detected. */
  private void answer(Exchange exchange) throws ClientGone {
    String asked = exchange.request().method() + " " + exchange.request().target();
    handled.add(asked);
    byte[] body = asked.getBytes(StandardCharsets.ISO_8859_1);
    exchange.head(200, new Headers().add("Content-Length", Integer.toString(body.length)));
    if (exchange.request().method().equals("GET")) {
      exchange.body(ByteBuffer.wrap(body));
    }
    exchange.end();
  }
}
