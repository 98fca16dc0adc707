package streamcache.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import streamcache.admin.ApiKeys;
import streamcache.admin.Role;
import streamcache.testkit.AnswerHead;
import streamcache.testkit.Body;
import streamcache.testkit.BodyEnd;
import streamcache.testkit.Content;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Programs read what happens, live, and none of them can hold up the server. */
final class EventFeedTest {

  private static final String PATH = "/api/v1/events";
  private static final Content FILM = Content.of(/* seed= */ 97, 1 << 20);

  /** One that reads events, as they come. */
  private static final class Program implements AutoCloseable {
    private final RawClient client;
    private final Body body;
    private String rest = "";

    Program(Rig rig, String token) throws IOException {
      client = RawClient.connect(rig.address());
      AnswerHead head = client.request("GET", PATH, "Authorization: Bearer " + token).readHead();
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.headers().first("Content-Type")).contains("text/event-stream");
      body = client.body(head);
      assertThat(block()).startsWith(":");
    }

    /** The next block of lines; empty text at the end of the feed. */
    String block() throws IOException {
      byte[] piece = new byte[8192];
      while (!rest.contains("\n\n")) {
        int count = body.read(piece, 0, piece.length);
        if (count < 0) {
          return "";
        }
        rest += new String(piece, 0, count, UTF_8);
      }
      int end = rest.indexOf("\n\n") + 2;
      String block = rest.substring(0, end);
      rest = rest.substring(end);
      return block;
    }

    /** Events until one of this kind. */
    List<JsonNode> until(String last) throws IOException {
      List<JsonNode> all = new ArrayList<>();
      for (String block = block(); !block.isEmpty(); block = block()) {
        if (block.startsWith("event: ")) {
          String data = block.substring(block.indexOf("data: ") + 6).strip();
          all.add(JsonMapper.builder().build().readTree(data));
          if (all.getLast().path("event").asString().equals(last)) {
            return all;
          }
        }
      }
      throw new AssertionError("the feed ended after " + all);
    }

    @Override
    public void close() throws IOException {
      client.close();
    }
  }

  private static List<String> words(List<JsonNode> events) {
    return events.stream().map(event -> event.path("event").asString()).toList();
  }

  @Test
  void feed_playOfANewFilm_tellsWhatHappensAndWhy() throws IOException {
    try (Rig rig = Rig.start().serve("/film.mkv", Script.of(FILM))) {
      ApiKeys keys = new ApiKeys(rig.cache().resolveSibling("config"), InstantSource.system());
      try (Program program = new Program(rig, keys.add("reader", Role.READ))) {
        rig.get("/film.mkv").check(FILM, 0, FILM.length());

        List<JsonNode> events = program.until("title-complete");
        List<JsonNode> all = new ArrayList<>(events);
        if (!words(all).contains("play-ended")) {
          all.addAll(program.until("play-ended"));
        }
        assertThat(words(all))
            .contains("play-began", "connection-opened", "title-complete", "play-ended");
        JsonNode opened = all.get(words(all).indexOf("connection-opened"));
        assertThat(opened.path("purpose").asString()).isNotEmpty();
        assertThat(opened.path("account").asString()).contains("127.0.0.1");
        JsonNode began = all.get(words(all).indexOf("play-began"));
        assertThat(began.path("name").asString()).isEqualTo("film.mkv");
        assertThat(all.toString()).doesNotContain("http://");

        rig.get("/gone.mkv?error=status");
        JsonNode refused = program.until("play-refused").getLast();
        assertThat(refused.path("status").asInt()).isBetween(400, 599);
        assertThat(rig.origin().requests("/film.mkv")).hasSize(1);
        assertThat(rig.origin().bodyBytes("/film.mkv")).isEqualTo(FILM.length());
      }
    }
  }

  @Test
  void feed_evictedTitle_isTold() throws IOException {
    try (Rig rig = Rig.start().serve("/film.mkv", Script.of(FILM));
        Program program = new Program(rig, Rig.TOKEN)) {
      rig.get("/film.mkv").check(FILM, 0, FILM.length());
      String id = program.until("title-complete").getLast().path("title").asString();
      assertThat(
              ApiClient.of(rig)
                  .post("/api/v1/titles/" + id + "/evict", "{\"when\":\"free\"}")
                  .status())
          .isEqualTo(200);

      JsonNode evicted = program.until("evicted").getLast();

      assertThat(evicted.path("title").asString()).isEqualTo(id);
      assertThat(evicted.path("bytes").asLong()).isPositive();
      assertThat(rig.origin().requests()).hasSize(1);
    }
  }

  @Test
  void feed_withoutToken_isRefused_andEndsWithItsKey() throws IOException {
    try (Rig rig = Rig.start()) {
      assertThat(RawClient.get(rig.address(), PATH).status()).isEqualTo(401);
      ApiKeys keys = new ApiKeys(rig.cache().resolveSibling("config"), InstantSource.system());
      try (Program program = new Program(rig, keys.add("brief", Role.READ))) {
        assertThat(keys.remove("brief")).isTrue();
        assertThat(program.block()).isEmpty();
        assertThat(program.body.ending()).isEqualTo(BodyEnd.CLEAN);
      }
    }
  }

  @Test
  void feed_tooManyReaders_areRefused() throws IOException {
    List<Program> programs = new ArrayList<>();
    try (Rig rig = Rig.start()) {
      for (int at = 0; at < 20; at++) {
        programs.add(new Program(rig, Rig.TOKEN));
      }
      ApiClient operator = ApiClient.of(rig);
      try (RawClient more = RawClient.connect(rig.address())) {
        // The head alone: a feed that is admitted has no end.
        more.request("GET", PATH, "Authorization: Bearer " + Rig.TOKEN);
        assertThat(more.readHead().status()).isEqualTo(503);
      }
      programs.removeLast().close();
      operator.await("/api/v1/status", _ -> isFree(rig, programs));
      for (Program program : programs) {
        program.close();
      }
    }
  }

  private static boolean isFree(Rig rig, List<Program> programs) {
    try {
      programs.add(new Program(rig, Rig.TOKEN));
      return true;
    } catch (IOException | AssertionError e) {
      return false;
    }
  }

  @Test
  void stop_withReaders_isNotHeldUp_andEndsThem() throws IOException {
    Rig rig = Rig.start();
    try (Program program = new Program(rig, Rig.TOKEN)) {
      long begun = System.nanoTime();
      rig.close();
      assertThat((System.nanoTime() - begun) / 1e9).isLessThan(4);
      assertThat(program.block()).isEmpty();
    }
  }
}
