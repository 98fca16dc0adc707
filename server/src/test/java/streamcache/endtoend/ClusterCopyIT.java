package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.testkit.BodyEnd;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.StreamLimit;

/**
 * An account moves to another node, and the former one, which has stored titles of it, comes back:
 * what it has is not downloaded again.
 */
final class ClusterCopyIT {

  private static final long MIB = 1024 * 1024;
  private static final long SIZE = 24 * MIB + 5;
  private static final long HALF = 12 * MIB;
  private static final String PATH = "/movie/user/word/1.mkv";
  private static final Content FILM = Content.of(29, SIZE);

  /** Another title of the account, by which it is used elsewhere. */
  private static final String OTHER_PATH = "/movie/user/word/2.mkv";

  private static final long OTHER_SIZE = 2 * MIB;
  private static final Content OTHER_FILM = Content.of(31, OTHER_SIZE);

  /**
   * A title of which a player has not taken all: an account that is used stays where it is. More
   * than the sockets between take.
   */
  private static final String HELD_PATH = "/movie/user/word/3.mkv";

  private static final long HELD_SIZE = 24 * MIB;
  private static final Content HELD_FILM = Content.of(37, HELD_SIZE);

  /** Of what a title costs its provider over its life, in hundredths of its size. */
  private static final long MOST = 102;

  private static final Pattern COPIED =
      Pattern.compile("(?m)^streamcache_cluster_copied_bytes_total (\\S+)$");

  @TempDir Path folder;

  private final StreamLimit limit = StreamLimit.of(1, 458).coolDown(Duration.ofSeconds(1));

  /** What happens once the account has moved and its former home is back. */
  private interface Scene {
    void run(ScriptedOrigin origin, Product home, Product former, String link) throws IOException;
  }

  /**
   * Has a node store the film up to an offset at least, stops it, so that the account moves to
   * another node, and starts it again.
   */
  private void play(long offset, Scene scene) throws IOException {
    try (ScriptedOrigin origin = ScriptedOrigin.start();
        ClusterRig cluster = ClusterRig.start(folder, 3, Map.of(), "RATE_LIMIT = 8MiB\n")) {
      origin
          .budget(limit)
          .serve(PATH, Script.of(FILM).pace(6 * MIB))
          .serve(OTHER_PATH, Script.of(OTHER_FILM).pace(MIB));
      String link = cluster.nodes().getFirst().link(origin.url(PATH));
      Product former = store(cluster.nodes(), link, FILM, offset);
      assertThat(former.process().terminate()).isZero();
      List<Product> others = cluster.others(former);
      others.forEach(node -> ClusterRig.awaitView(node, 2));
      String otherLink = others.getFirst().link(origin.url(OTHER_PATH));
      Product home = store(others, otherLink, OTHER_FILM, OTHER_SIZE);
      Map<Product, Integer> views = new HashMap<>();
      others.forEach(node -> views.put(node, ClusterRig.views(node, 3)));

      origin.serve(HELD_PATH, Script.of(HELD_FILM));
      try (CheckedStream held =
              RawClient.stream(home.address(), home.link(origin.url(HELD_PATH)), HELD_FILM)
                  .pauseAt(MIB);
          Product again = cluster.restart(former)) {
        held.awaitBytes(1);
        ClusterRig.awaitView(again, 3);
        var _ = again.process().awaitLine(Pattern.compile("cluster\\.in-charge"));
        others.forEach(node -> ClusterRig.awaitView(node, 3, views.get(node) + 1));
        origin.awaitIdle();
        scene.run(origin, home, again, link);
      }

      assertThat(limit.peak()).isOne();
      assertThat(limit.refusals()).isZero();
    }
  }

  /** Reads a film up to an offset through the first of some nodes; returns the one that fetches. */
  private static Product store(List<Product> nodes, String link, Content film, long offset)
      throws IOException {
    try (CheckedStream player = RawClient.stream(nodes.getFirst().address(), link, film)) {
      player.awaitBytes(1);
      Product fetching = fetching(nodes);
      player.awaitBytes(offset);
      if (offset == film.length()) {
        assertThat(player.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      }
      return fetching;
    }
  }

  /** The node with an open connection to the provider. */
  private static Product fetching(List<Product> nodes) throws IOException {
    for (Product node : nodes) {
      if (node.metrics().contains("streamcache_connections 1.0")) {
        return node;
      }
    }
    throw new AssertionError("no node fetches");
  }

  private static long copied(Product node) throws IOException {
    Matcher found = COPIED.matcher(node.metrics());
    return found.find() ? (long) Double.parseDouble(found.group(1)) : -1;
  }

  @Test
  void wholeTitle_ofANodeThatIsBack_costsTheProviderNothingMore() throws IOException {
    play(
        SIZE,
        (origin, home, former, link) -> {
          RawClient.get(home.address(), link).check(FILM, 0, SIZE);
          RawClient.get(former.address(), link).check(FILM, 0, SIZE);

          assertThat(origin.requests(PATH)).hasSize(1);
          assertThat(origin.bodyBytes(PATH)).isEqualTo(SIZE);
          assertThat(copied(home)).isEqualTo(SIZE);
          assertThat(copied(former)).isZero();
          assertThat(home.received()).as("of the provider").isEqualTo(OTHER_SIZE + HELD_SIZE);
          var _ =
              home.process().awaitLine(Pattern.compile("title-copied .*bytes=\"" + SIZE + "\""));
        });
  }

  @Test
  void rangeOfAWholeTitle_ofANodeThatIsBack_costsTheProviderNothingMore() throws IOException {
    play(
        SIZE,
        (origin, home, _, link) -> {
          long from = SIZE - 100_000;
          RawClient.get(home.address(), link, RawClient.rangeFrom(from)).check(FILM, from, SIZE);

          assertThat(origin.requests(PATH)).hasSize(1);
          assertThat(copied(home)).isPositive();
        });
  }

  @Test
  void halfOfATitle_ofANodeThatIsBack_costsTheProviderTheRest() throws IOException {
    play(
        HALF,
        (origin, home, former, link) -> {
          for (Product node : List.of(former, home)) {
            RawClient.get(node.address(), link).check(FILM, 0, SIZE);
          }

          assertThat(origin.bodyBytes(PATH)).isBetween(SIZE, SIZE * MOST / 100);
          assertThat(copied(home)).isGreaterThanOrEqualTo(HALF);
        });
  }

  @Test
  void wholeTitle_ofANodeThatDiesMeanwhile_costsTheProviderTheRest() throws IOException {
    play(
        SIZE,
        (origin, home, former, link) -> {
          try (CheckedStream player = RawClient.stream(home.address(), link, FILM)) {
            player.awaitBytes(4 * MIB);
            former.process().kill9();

            assertThat(player.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
            assertThat(player.bytes()).isEqualTo(SIZE);
          }
          assertThat(copied(home)).isBetween(4 * MIB, SIZE - 1);
          long rest = SIZE - copied(home);
          assertThat(origin.bodyBytes(PATH)).isBetween(SIZE + rest, SIZE * MOST / 100 + rest);
        });
  }

  @Test
  void halfOfATitle_providerHasAnotherFileMeanwhile_cutsThePlayerBeforeAWrongByte()
      throws IOException {
    Content changed = Content.of(30, SIZE);
    play(
        HALF,
        (origin, home, _, link) -> {
          origin.serve(PATH, Script.of(changed).etag("\"v2\""));
          try (CheckedStream player = RawClient.stream(home.address(), link, FILM)) {
            assertThat(player.awaitEnd()).isEqualTo(BodyEnd.RESET);
            assertThat(player.bytes()).isBetween(HALF, SIZE - 1);
          }

          RawClient.get(home.address(), link).check(changed, 0, SIZE);
        });
  }
}
