package streamcache.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import streamcache.playback.Exchange;
import streamcache.testkit.RawClient;
import streamcache.testkit.Waiting;

/** What an exchange says of the bytes that a player has taken, while they are being sent. */
final class SentBytesTest {

  private static final int LENGTH = 64 << 20;
  private static final int READ = 1 << 20;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void sent_playerReadsAPart_countsWhatTheSystemHasTaken(Transport transport) throws Exception {
    CompletableFuture<Exchange> begun = new CompletableFuture<>();
    CompletableFuture<Long> ended = new CompletableFuture<>();
    try (SentFile film = SentFile.sparse(folder, LENGTH);
        Served served =
            Served.by(
                exchange -> {
                  begun.complete(exchange);
                  film.send(exchange, 0, LENGTH);
                  ended.complete(exchange.sent());
                },
                transport);
        RawClient client = RawClient.connect(served.address(), 64 << 10)) {
      client.request("GET", "/").readHead();
      client.readBytes(READ);
      Exchange exchange = begun.get(10, TimeUnit.SECONDS);

      // What the player has read was sent; its count may arrive a moment later than the bytes.
      long most = System.nanoTime() + Waiting.LIMIT.toNanos();
      while (exchange.sent() < READ && System.nanoTime() - most < 0) {
        Thread.onSpinWait();
      }
      assertThat(exchange.sent()).isGreaterThanOrEqualTo(READ);
      assertThat(exchange.sent()).isLessThan(LENGTH);

      client.readBytes(LENGTH - READ);
      assertThat(ended.get(10, TimeUnit.SECONDS)).isEqualTo(LENGTH);
    }
  }
}
