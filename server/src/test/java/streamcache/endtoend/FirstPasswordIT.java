package streamcache.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.testkit.Answer;
import streamcache.testkit.RawClient;

/** Two servers of one configuration folder, each in a process of its own. No provider exists. */
final class FirstPasswordIT {

  private static final String FIRST = "first long password";
  private static final String SECOND = "second long password";

  @TempDir Path folder;

  private Product server(String cache) {
    return Product.start(folder, Map.of("CACHE_DIR", folder.resolve(cache).toString()));
  }

  private static Answer post(Product server, String path, String name, String value)
      throws IOException {
    byte[] body = ApiClient.object(name, value).getBytes(UTF_8);
    try (RawClient client = RawClient.connect(server.address())) {
      client.request(
          "POST",
          path,
          "X-Requested-With: streamcache",
          "Content-Type: application/json",
          "Content-Length: " + body.length);
      return client.send(body).answer();
    }
  }

  private static CompletableFuture<Integer> set(
      Product server, String password, CyclicBarrier start) {
    CompletableFuture<Integer> status = new CompletableFuture<>();
    Thread.ofPlatform()
        .start(() -> {
          try {
            start.await();
            status.complete(post(server, "/admin/password", "password", password).status());
          } catch (Exception e) {
            status.completeExceptionally(e);
          }
        });
    return status;
  }

  private static int logIn(Product server, String password) throws IOException {
    return post(server, "/admin/session", "secret", password).status();
  }

  @Test
  void firstPassword_setInTwoProcessesAtOnce_isTheOneThatWasConfirmed() throws IOException {
    Path file = folder.resolve("config").resolve("admin.password");
    try (Product one = server("one");
        Product other = server("other")) {
      // Fewer than the wrong passwords that close the log-in.
      for (int round = 0; round < 4; round++) {
        CyclicBarrier start = new CyclicBarrier(2);
        List<CompletableFuture<Integer>> asked =
            List.of(set(one, FIRST, start), set(other, SECOND, start));
        List<Integer> statuses = asked.stream().map(CompletableFuture::join).toList();

        assertThat(statuses).as("round %d", round).containsExactlyInAnyOrder(204, 409);
        boolean isFirst = statuses.getFirst() == 204;
        for (Product server : List.of(one, other)) {
          assertThat(logIn(server, isFirst ? FIRST : SECOND)).isEqualTo(204);
          assertThat(logIn(server, isFirst ? SECOND : FIRST)).isEqualTo(401);
        }
        Files.delete(file);
      }
    }
  }
}
