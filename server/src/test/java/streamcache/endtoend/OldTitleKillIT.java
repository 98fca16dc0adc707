package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.testkit.Answer;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.RawClient;
import streamcache.testkit.ScriptedOrigin;

/** SIGKILL while titles are adopted: nothing is lost on either side, and nobody is asked. */
final class OldTitleKillIT {

  private static final int FILMS = 12;
  private static final int ROUNDS = 4;
  private static final int SIZE = 5_000_003;

  @TempDir Path folder;

  @Test
  void kill_whileTitlesAreAdopted_losesNothing() throws IOException {
    long seed = new Random().nextLong();
    System.out.println("OldTitleKillIT seed " + seed);
    Random random = new Random(seed);
    OldFolder old = OldFolder.in(folder.resolve("old"));
    try (ScriptedOrigin origin = ScriptedOrigin.start()) {
      List<Content> films = new ArrayList<>();
      for (int i = 0; i < FILMS; i++) {
        films.add(Content.of(seed + i, SIZE));
        old.add(origin.url("/film" + i + ".mkv"), films.get(i));
      }
      List<String> before = old.state();
      for (int round = 0; round < ROUNDS; round++) {
        openAllThenKill(origin, films, random);
        assertThat(old.state()).isEqualTo(before);
      }
      playAll(origin, films);
      assertThat(old.state()).isEqualTo(before);
      assertThat(origin.requests()).isEmpty();
    }
  }

  private void openAllThenKill(ScriptedOrigin origin, List<Content> films, Random random)
      throws IOException {
    try (Product product = start()) {
      List<CheckedStream> players = new ArrayList<>();
      for (int i = 0; i < FILMS; i++) {
        players.add(
            RawClient.stream(
                product.address(), product.link(origin.url("/film" + i + ".mkv")), films.get(i)));
      }
      players.get(random.nextInt(FILMS)).awaitBytes(1);
      product.process().kill9();
      for (CheckedStream player : players) {
        player.close();
        player.awaitEnd(); // Throws if a byte was wrong.
      }
    }
  }

  private void playAll(ScriptedOrigin origin, List<Content> films) throws IOException {
    try (Product product = start()) {
      for (int i = 0; i < FILMS; i++) {
        Answer answer =
            RawClient.get(product.address(), product.link(origin.url("/film" + i + ".mkv")));
        answer.check(films.get(i), 0, SIZE);
        assertThat(answer.header("X-Cache")).contains("HIT");
      }
    }
  }

  private Product start() {
    return Product.start(
        folder,
        Map.of(
            "ADOPT_FROM",
            folder.resolve("old").toString(),
            "ADOPT_TRUST",
            "1",
            // A small file may be a clip, which would be compared with its provider's.
            "CACHE_REVALIDATE_INTERVAL",
            "0"));
  }
}
