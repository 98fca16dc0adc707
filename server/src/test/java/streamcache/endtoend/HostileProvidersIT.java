package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.endtoend.Rig.MIB;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.Cut;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.Wire;

/** Malicious providers: their titles fail, and viewers of other titles do not notice. */
final class HostileProvidersIT {

  /** 256 connections of the server, and some whose end the provider has not yet noticed. */
  private static final int MOST_AT_PROVIDER = 380;

  @TempDir Path folder;

  @Test
  void headersWithoutEnd_areCut() throws IOException {
    try (Siege siege = Siege.begin(folder, Map.of())) {
      siege.provider().onOthers(HostileProvidersIT::headersWithoutEnd);
      siege.endure(() -> assertThat(statuses(siege, 40)).containsOnly(502));
    }
  }

  @Test
  void compressedBomb_isRefusedUnopened() throws IOException {
    byte[] bomb = bomb();
    try (Siege siege = Siege.begin(folder, Map.of())) {
      siege
          .provider()
          .onOthers(wire -> {
            wire.head(
                "HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Encoding: gzip\r\n"
                    + "Content-Length: "
                    + bomb.length
                    + "\r\n\r\n");
            wire.body(bomb, 0, bomb.length);
          });
      siege.endure(() -> assertThat(statuses(siege, 40)).containsOnly(502));
    }
  }

  @Test
  void redirectToItself_isFoundAndNotFollowedForEver() throws IOException {
    try (Siege siege = Siege.begin(folder, Map.of())) {
      siege.provider().onOthers(wire -> wire.play(Script.redirect(302, wire.request().target())));
      int before = siege.provider().requests().size();
      siege.endureInTime(() -> assertThat(statuses(siege, 20)).containsOnly(502));
      assertThat(siege.provider().requests().size() - before).isLessThan(20 * 6);
    }
  }

  /** Links may name any number of hosts and users, each with its own budget. */
  @Test
  void accountsWithoutNumber_atAProviderThatHangs_takeNoMoreThanTheirPlaces() throws IOException {
    Map<String, String> settings =
        Map.of("CLIENT_STREAMS", "0", "ANSWER_WITHIN", "4s", "FIRST_BYTE_WITHIN", "4s");
    try (Siege siege = Siege.begin(folder, settings)) {
      siege.provider().onOthers(Wire::stall);
      siege.endure(() -> {
        List<RawClient> askers = new ArrayList<>();
        for (int account = 0; account < 500; account++) {
          RawClient client = siege.client();
          askers.add(client);
          client.request("GET", siege.link("/movie/user" + account + "/pass/1.mkv"));
        }
        for (RawClient asker : askers) {
          assertThat(asker.answer().status()).isIn(503, 504);
          asker.close();
        }
      });
      assertThat(siege.provider().peakConnections()).isBetween(200, MOST_AT_PROVIDER);
      assertThat(siege.product().process().threads()).isLessThan(380);
    }
  }

  /** Fills without a viewer give way to a film that a player opens. */
  @Test
  void fillsOfManyAccounts_makeRoomForAPlayer() throws IOException {
    Content endless = Content.of(35, 64 * MIB);
    try (Siege siege = Siege.begin(folder, Map.of("CLIENT_STREAMS", "0"));
        ScriptedOrigin slow = ScriptedOrigin.start()) {
      slow.onOthers(wire -> wire.play(Script.of(endless).pace(20_000)));
      siege.endure(() -> {
        List<CheckedStream> streams = new ArrayList<>();
        for (int account = 0; account < 260; account++) {
          String link = siege.product().link(slow.url("/movie/user" + account + "/pass/1.mkv"));
          streams.add(RawClient.stream(siege.product().address(), link, endless));
        }
        for (CheckedStream stream : streams.subList(0, 200)) {
          stream.awaitBytes(1).reset();
        }
        String late = siege.product().link(slow.url("/movie/late/pass/1.mkv"));
        RawClient.stream(siege.product().address(), late, endless).awaitBytes(1).reset();
        for (CheckedStream stream : streams) {
          stream.close();
        }
        slow.onOthers(wire -> wire.play(Script.status(404)));
        slow.cutAll(Cut.RESET);
      });
      assertThat(slow.peakConnections()).isLessThan(MOST_AT_PROVIDER);
    }
  }

  private static List<Integer> statuses(Siege siege, int titles) throws IOException {
    List<Integer> statuses = new ArrayList<>();
    for (int title = 0; title < titles; title++) {
      statuses.add(
          RawClient.get(siege.product().address(), siege.link("/bad/" + title + ".mkv")).status());
    }
    return statuses;
  }

  private static void headersWithoutEnd(Wire wire) throws IOException {
    String lines = "X-Filler: filler\r\n".repeat(4000);
    wire.head("HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n");
    while (!wire.isGone()) {
      wire.framing(lines);
    }
  }

  /** Half a megabyte that decompresses to half a gigabyte. */
  private static byte[] bomb() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      byte[] zeros = new byte[(int) MIB];
      for (int i = 0; i < 512; i++) {
        out.write(zeros);
      }
    }
    return bytes.toByteArray();
  }
}
