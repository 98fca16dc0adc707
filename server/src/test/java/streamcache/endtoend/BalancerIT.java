package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import streamcache.testkit.Content;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;

/**
 * Two servers that know nothing of each other behind a balancer that hashes the link, set up by the
 * very lines of docs/scaling.md.
 */
final class BalancerIT {

  private static final int SIZE = 300_001;
  private static final int PART_FROM = 100_000;
  private static final int PART_TO = 200_000;

  /** That all titles of so many have one node would happen once in 10^12 runs. */
  private static final int MOST_TITLES = 40;

  private enum Balancer {
    NGINX,
    HAPROXY
  }

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void titles_throughTheBalancer_areFetchedOnceEach(Balancer kind) throws Exception {
    try (ScriptedOrigin origin = ScriptedOrigin.start();
        Product one = node("one");
        Product two = node("two");
        ReverseProxy balancer = start(kind, one, two)) {
      List<String> titles = new ArrayList<>();
      while (titles.size() < MOST_TITLES && (one.received() == 0 || two.received() == 0)) {
        titles.add(play(origin, balancer, one, titles.size()));
      }

      assertThat(one.received()).isPositive();
      assertThat(two.received()).isPositive();
      assertThat(one.received() + two.received()).isEqualTo((long) SIZE * titles.size());
      for (String title : titles) {
        assertThat(origin.requests(title)).hasSize(1);
      }
    }
  }

  /** Plays it whole, as players do that add a name, and in part; returns the provider's path. */
  private static String play(ScriptedOrigin origin, ReverseProxy balancer, Product node, int number)
      throws IOException {
    String path = "/movie/" + number + ".mkv";
    Content film = Content.of(number, SIZE);
    origin.serve(path, Script.of(film));
    String link = node.link(origin.url(path));
    RawClient.get(balancer.address(), link).check(film, 0, SIZE);
    RawClient.get(balancer.address(), link + "/Some%20Film.mkv").check(film, 0, SIZE);
    RawClient.get(balancer.address(), link, RawClient.range(PART_FROM, PART_TO))
        .check(film, PART_FROM, PART_TO);
    return path;
  }

  @ParameterizedTest
  @EnumSource
  void node_thatIsGone_isReplacedByTheOther(Balancer kind) throws Exception {
    try (ScriptedOrigin origin = ScriptedOrigin.start();
        Product one = node("one");
        Product two = node("two");
        ReverseProxy balancer = start(kind, one, two)) {
      String title = play(origin, balancer, one, 1);
      Product had = one.received() > 0 ? one : two;
      had.close();

      assertThat(play(origin, balancer, one, 1)).isEqualTo(title);
      assertThat(origin.requests(title)).hasSize(2);
    }
  }

  private Product node(String name) {
    return Product.start(folder.resolve(name), Map.of("TRUSTED_PROXIES", "127.0.0.1"));
  }

  private ReverseProxy start(Balancer kind, Product one, Product two) throws Exception {
    int port = ReverseProxy.freePort();
    String lines =
        documented(kind)
            .replace("one:8080", place(one))
            .replace("two:8080", place(two))
            .replace(":8088", "127.0.0.1:" + port);
    return switch (kind) {
      case NGINX -> ReverseProxy.nginx(folder, port, lines);
      case HAPROXY -> ReverseProxy.haproxy(folder, port, lines);
    };
  }

  private static String place(Product node) {
    return "127.0.0.1:" + node.address().getPort();
  }

  private static String documented(Balancer kind) throws IOException {
    String block = kind == Balancer.NGINX ? "nginx" : "haproxy";
    Matcher found =
        Pattern.compile("```" + block + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("../docs/scaling.md")));
    assertThat(found.find()).as("the lines for %s in docs/scaling.md", block).isTrue();
    return found.group(1);
  }
}
