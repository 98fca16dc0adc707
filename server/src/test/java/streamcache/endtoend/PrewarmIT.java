package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.testkit.BodyEnd;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.Gate;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.process.Run;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The running product fetches what its operator names, and the next episode of a library. */
final class PrewarmIT {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long MIB = 1 << 20;
  private static final Content EPISODE = Content.of(/* seed= */ 71, 24 * MIB);
  private static final Content SMALL = Content.of(/* seed= */ 72, 300_000);
  private static final String PANEL = "/series/anna/geheim123/";
  private static final Pattern WRAPPED = Pattern.compile("strm-wrapped");
  private static final Duration A_WHILE = Duration.ofSeconds(5);

  @TempDir Path folder;

  private Path strm(String name, String url) throws IOException {
    Path file = folder.resolve("library").resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, url + "\n");
  }

  @Test
  void nextEpisode_isFetchedOnceEnoughOfOneWasWatched() throws IOException {
    Gate gate = new Gate();
    try (ScriptedOrigin origin =
        ScriptedOrigin.start()
            .serve(PANEL + "1.mkv", Script.of(EPISODE).gate(11 * MIB, gate))
            .serve(PANEL + "2.mkv", Script.of(EPISODE))
            .serve(PANEL + "3.mkv", Script.of(EPISODE))) {
      Path first = strm("Show/Season 1/Show S01E01.strm", origin.url(PANEL + "1.mkv"));
      strm("Show/Season 1/Show S01E02.strm", origin.url(PANEL + "2.mkv"));
      strm("Show/Season 1/Show S01E03.strm", origin.url(PANEL + "3.mkv"));
      Map<String, String> settings =
          Map.of(
              "STRM_WRAP", folder.resolve("library").toString(),
              "PREWARM_NEXT", "50%",
              "BASE_URL", "http://cache:1");
      try (Product product = Product.start(folder, settings)) {
        product.process().awaitLine(WRAPPED, 3);
        String link = Files.readString(first).strip().replaceFirst("^http://[^/]+", "");
        assertThat(link).startsWith("/e/");
        try (CheckedStream viewer = RawClient.stream(product.address(), link, EPISODE)) {
          viewer.awaitBytes(10 * MIB);
          assertThat(origin.isRequestedWithin(A_WHILE, PANEL + "2.mkv", 1))
              .as("less than half was watched")
              .isFalse();
          gate.open();
          assertThat(viewer.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
        }
        origin.awaitRequests(PANEL + "2.mkv", 2);
        origin.awaitIdle();
        assertThat(origin.bodyBytes(PANEL + "2.mkv")).isEqualTo(10 * MIB);
        assertThat(origin.requests(PANEL + "3.mkv")).isEmpty();
        assertThat(origin.bodyBytes(PANEL + "1.mkv")).isEqualTo(EPISODE.length());
        assertThat(product.process().output()).doesNotContain("geheim123");
      }
    }
  }

  @Test
  void command_filesFoldersAndUrls_areFetched() throws IOException {
    try (ScriptedOrigin origin =
            ScriptedOrigin.start()
                .serve("/1.mkv", Script.of(SMALL))
                .serve("/2.mkv", Script.of(SMALL))
                .serve("/3.mkv", Script.of(SMALL))
                .serve("/4.mkv", Script.of(EPISODE));
        Product product = Product.start(folder, Map.of())) {
      Map<String, String> own = Map.of("PORT", Integer.toString(product.address().getPort()));
      Path one = strm("One.strm", origin.url("/1.mkv"));
      strm("Below/Two.strm", "http://cache:1" + product.link(origin.url("/2.mkv")));
      Path below = folder.resolve("library/Below");

      Run all =
          Product.run(
              folder,
              own,
              "prewarm",
              one.toString(),
              below.toString(),
              origin.url("/3.mkv"),
              origin.url("/gone.mkv"),
              "--all");
      assertThat(all.exitCode()).as(all.err()).isEqualTo(1);
      assertThat(all.out())
          .contains(
              "gone.mkv: The provider no longer has this title", "3 titles are ready, 1 failed");
      for (int film = 1; film <= 3; film++) {
        String path = "/" + film + ".mkv";
        RawClient.get(product.address(), product.link(origin.url(path)))
            .check(SMALL, 0, SMALL.length());
        assertThat(origin.requests(path)).hasSize(1);
        assertThat(origin.bodyBytes(path)).isEqualTo(SMALL.length());
      }

      Run ends = Product.run(folder, own, "prewarm", origin.url("/4.mkv"), "--json");
      assertThat(ends.exitCode()).as(ends.err()).isZero();
      JsonNode item = JSON.readTree(ends.out()).path("items").path(0);
      assertThat(item.path("state").asString()).isEqualTo("done");
      assertThat(item.path("storedBytes").asLong()).isEqualTo(10 * MIB);
      assertThat(origin.bodyBytes("/4.mkv")).isEqualTo(10 * MIB);

      String id = item.path("id").asString();
      Run complete = Product.run(folder, own, "complete", id);
      assertThat(complete.exitCode()).as(complete.err()).isZero();
      assertThat(complete.out()).contains("rest of the title");
      Run again = Product.run(folder, own, "prewarm", origin.url("/4.mkv"), "--all");
      assertThat(again.out()).contains("1 title is ready");
      assertThat(origin.bodyBytes("/4.mkv")).isLessThan(EPISODE.length() + EPISODE.length() / 10);
      assertThat(Product.run(folder, own, "complete", id).err())
          .contains("All of this title is stored.");

      for (String wrong : List.of("no-such-file", "ftp://h/geheim123")) {
        Run refused = Product.run(folder, own, "prewarm", wrong);
        assertThat(refused.exitCode()).as(wrong).isEqualTo(2);
        assertThat(refused.err()).contains("Name URLs").doesNotContain("geheim123");
      }
      assertThat(Product.run(folder, own, "complete", "x").exitCode()).isEqualTo(2);
      Run bad = Product.run(folder, own, "prewarm", "http://");
      assertThat(bad.exitCode()).isEqualTo(1);
      assertThat(bad.err()).contains("Number 1 of urls");
    }
  }
}
