package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.testkit.Answer;
import streamcache.testkit.BodyEnd;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.StreamLimit;

/** Three servers that act as one, in three processes, while nothing fails. */
final class ClusterIT {

  private static final long MIB = 1024 * 1024;
  private static final long SIZE = 8 * MIB + 5;
  private static final String PATH = "/movie/user/word/1.mkv";
  private static final Content FILM = Content.of(19, SIZE);

  @TempDir Path folder;

  @Test
  void title_playedThroughEveryNode_costsOneDownloadOnOneConnection() throws IOException {
    StreamLimit limit = StreamLimit.of(1, 458);
    try (ScriptedOrigin origin = ScriptedOrigin.start();
        ClusterRig cluster = ClusterRig.start(folder, 3, Map.of())) {
      origin.budget(limit).serve(PATH, Script.of(FILM).pace(4 * MIB));
      List<CheckedStream> players = new ArrayList<>();
      for (Product node : cluster.nodes()) {
        players.add(RawClient.stream(node.address(), node.link(origin.url(PATH)), FILM));
        players.getLast().awaitBytes(1);
      }

      for (CheckedStream player : players) {
        assertThat(player.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
        assertThat(player.bytes()).isEqualTo(SIZE);
        player.close();
      }
      for (Product node : cluster.nodes()) {
        RawClient.get(node.address(), node.link(origin.url(PATH))).check(FILM, 0, SIZE);
      }
      assertThat(origin.bodyBytes(PATH)).isEqualTo(SIZE);
      assertThat(origin.requests(PATH)).hasSize(1);
      assertThat(limit.peak()).isOne();
      assertThat(cluster.home().received()).isEqualTo(SIZE);
    }
  }

  @Test
  void request_throughAnotherNode_isAnsweredAsByTheHome() throws IOException {
    try (ScriptedOrigin origin = ScriptedOrigin.start();
        ClusterRig cluster = ClusterRig.start(folder, 3, Map.of())) {
      origin.serve(PATH, Script.of(FILM));
      String link = cluster.nodes().getFirst().link(origin.url(PATH));
      RawClient.get(cluster.nodes().getFirst().address(), link).check(FILM, 0, SIZE);
      Product home = cluster.home();
      Product other = cluster.others(home).getFirst();

      Answer part = RawClient.get(other.address(), link, RawClient.range(5 * MIB, 5 * MIB + 100));
      assertThat(part.status()).isEqualTo(206);
      part.check(FILM, 5 * MIB, 5 * MIB + 100);
      for (String[] headers :
          new String[][] {
            {},
            {"Range: bytes=-10"},
            {"Range: bytes=" + SIZE + "-"},
            {"Range: bytes=0-1,100-101"},
            {"If-None-Match: " + part.header("ETag").orElseThrow()},
            {"If-Match: \"other\""},
            {"getcontentFeatures.dlna.org: 1"}
          }) {
        Answer expected = RawClient.get(home.address(), link, headers);
        Answer relayed = RawClient.get(other.address(), link, headers);
        assertThat(relayed.status())
            .as(headers.length == 0 ? "-" : headers[0])
            .isEqualTo(expected.status());
        assertThat(relayed.header("Content-Range")).isEqualTo(expected.header("Content-Range"));
        assertThat(relayed.header("Content-Length")).isEqualTo(expected.header("Content-Length"));
        assertThat(relayed.header("ETag")).isEqualTo(expected.header("ETag"));
        assertThat(relayed.header("contentFeatures.dlna.org"))
            .isEqualTo(expected.header("contentFeatures.dlna.org"));
      }
      Answer head = RawClient.head(other.address(), link);
      assertThat(head.header("Content-Length")).contains(Long.toString(SIZE));
      assertThat(origin.requests(PATH)).hasSize(1);
      assertThat(other.received()).isZero();
      assertThat(other.metrics()).contains("streamcache_cluster_nodes 3.0");
    }
  }

  @Test
  void failure_throughAnotherNode_isToldAsByTheHome() throws IOException {
    try (ScriptedOrigin origin = ScriptedOrigin.start();
        ClusterRig cluster = ClusterRig.start(folder, 3, Map.of())) {
      origin.serve(PATH, Script.status(404));
      String link = cluster.nodes().getFirst().link(origin.url(PATH));

      for (Product node : cluster.nodes()) {
        Answer answer = RawClient.get(node.address(), link, "User-Agent: curl/8");
        assertThat(answer.status()).isEqualTo(404);
      }
      for (Product node : cluster.nodes()) {
        Answer clip = RawClient.get(node.address(), link, "User-Agent: VLC/3.0.20 LibVLC/3.0.20");
        assertThat(clip.status()).isIn(200, 206);
        assertThat(clip.header("Content-Type")).contains("video/mp4");
      }
      for (Product node : cluster.nodes()) {
        Answer bad = RawClient.get(node.address(), "/u/%%%");
        assertThat(bad.status()).isEqualTo(400);
      }
    }
  }

  @Test
  void lessons_ofTheHome_reachTheOtherNodes() throws IOException {
    try (ScriptedOrigin origin = ScriptedOrigin.start();
        ClusterRig cluster = ClusterRig.start(folder, 3, Map.of())) {
      origin.serve(PATH, Script.of(FILM));
      String link = cluster.nodes().getFirst().link(origin.url(PATH));
      RawClient.get(cluster.nodes().getFirst().address(), link).check(FILM, 0, SIZE);
      origin.awaitIdle();
      // They are sent every second, and nothing is requested for them.
      assertThat(origin.isRequestedWithin(Duration.ofSeconds(4), PATH, 2)).isFalse();

      assertThat(cluster.stopAndReadLessons())
          .allSatisfy(lessons -> assertThat(lessons).contains("127.0.0.1:" + origin.port() + "~"));
    }
  }

  @Test
  void port_ofTheNodes_refusesWhoHasNotTheKey() throws IOException {
    try (ScriptedOrigin origin = ScriptedOrigin.start();
        ClusterRig cluster = ClusterRig.start(folder, 3, Map.of())) {
      origin.serve(PATH, Script.of(FILM));
      String link = cluster.nodes().getFirst().link(origin.url(PATH));
      for (String place : cluster.places().substring("tcp://".length()).split(",")) {
        int port = Integer.parseInt(place.substring(place.indexOf(':') + 1)) + 1;
        var address = new InetSocketAddress("127.0.0.1", port);
        assertThat(RawClient.get(address, link).status()).isEqualTo(403);
        assertThat(
                RawClient.get(address, link, "Streamcache-Relay: 1;127.0.0.1;seen;0;0;0;x")
                    .status())
            .isEqualTo(403);
        assertThat(RawClient.get(address, "/metrics").status()).isEqualTo(403);
        assertThat(RawClient.get(address, "/stored/" + "a".repeat(26)).status()).isEqualTo(403);
      }
      assertThat(origin.requests(PATH)).isEmpty();
    }
  }

  @Test
  void node_withAnotherKey_isRefusedAndBothLogsSaySo() throws IOException {
    try (ScriptedOrigin origin = ScriptedOrigin.start();
        ClusterRig cluster = ClusterRig.start(folder, 2, Map.of())) {
      origin.serve(PATH, Script.of(FILM));
      int port = ClusterRig.freePorts(1).getFirst();
      Map<String, String> other =
          Map.of(
              "CLUSTER",
              "tcp://127.0.0.1:" + port + "," + cluster.places().substring("tcp://".length()),
              "CLUSTER_KEY",
              "another-key-not-of-this-cluster");
      try (Product stranger = cluster.node("stranger", other)) {
        ClusterRig.awaitView(stranger, 1);
        Pattern refused = Pattern.compile("cluster\\.refused");
        cluster.nodes().getFirst().process().awaitLine(refused);
        Answer answer =
            RawClient.get(
                stranger.address(), stranger.link(origin.url(PATH)), "User-Agent: curl/8");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(origin.requests(PATH)).isEmpty();
        assertThat(stranger.process().output()).doesNotContain("nodes=2", "nodes=3");
        assertThat(cluster.nodes().getFirst().process().output()).doesNotContain("nodes=3");
        stranger.process().awaitLine(Pattern.compile("cluster\\.alone"));
      }
    }
  }

  @Test
  void server_thatIsAlone_loadsNothingOfIt() throws IOException {
    Path loaded = folder.resolve("classes");
    try (ScriptedOrigin origin = ScriptedOrigin.start();
        Product alone =
            Product.start(folder, Map.of("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + loaded))) {
      origin.serve(PATH, Script.of(FILM));
      RawClient.get(alone.address(), alone.link(origin.url(PATH))).check(FILM, 0, SIZE);
      int _ = alone.process().terminate();
    }

    assertThat(Files.readString(loaded))
        .contains("streamcache.cli.Server ")
        .doesNotContain("org.jgroups.")
        .doesNotContain("streamcache.cluster.HomesMachine", "streamcache.cluster.Relay ");
  }
}
